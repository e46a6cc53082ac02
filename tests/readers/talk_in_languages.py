"""A few invented sentences of a session in several languages; each is about 30 words."""

SENTENCES: dict[str, str] = {
    "ar": "أهلا بك، كيف كان أسبوعك منذ لقائنا الأخير؟ هل استطعت أن تنام بشكل أفضل في الليل، أم أن "
    "الأفكار عن العمل وعن أمك ما زالت توقظك كل صباح قبل الفجر؟",
    "de": "Schön, dass Sie da sind. Wie ist es Ihnen seit dem letzten Mal gegangen, konnten Sie "
    "wieder etwas besser schlafen, oder liegen Sie immer noch jede Nacht wach und denken an die "
    "Arbeit und an Ihre Mutter?",
    "es": "Bienvenido de nuevo. ¿Cómo le ha ido desde la última vez, ha podido dormir un poco "
    "mejor, o todavía se despierta todas las noches pensando en el trabajo y en lo que le dijo su "
    "madre?",
    "fr": "Je suis content de vous revoir. Comment ça s'est passé depuis la dernière fois, est-ce "
    "que vous dormez un peu mieux, ou est-ce que vous pensez encore toute la nuit au travail et à "
    "votre mère?",
    "he": "טוב לראות אותך שוב. איך עבר עליך השבוע מאז הפגישה האחרונה שלנו, האם הצלחת לישון קצת "
    "יותר טוב בלילה, או שאתה עדיין מתעורר כל בוקר וחושב על העבודה ועל אמא שלך?",
    "it": "Sono contento di rivederla. Com'è andata dall'ultima volta, è riuscito a dormire un po' "
    "meglio, oppure si sveglia ancora tutte le notti pensando al lavoro e a quello che le ha detto "
    "sua madre?",
    "ja": "またお会いできてうれしいです。前回から一週間、どのように過ごされましたか。"
    "夜は少し眠れるようになりましたか、それともまだ仕事のことやお母さんのことを考えて目が覚めてしまいますか。",
    "nl": "Fijn dat u er weer bent. Hoe is het gegaan sinds de vorige keer, heeft u wat beter "
    "kunnen slapen, of ligt u nog steeds elke nacht wakker en denkt u dan aan het werk en aan uw "
    "moeder?",
    "pl": "Dobrze, że pan znowu jest. Jak minął panu tydzień od ostatniego spotkania, czy udało "
    "się trochę lepiej spać, czy nadal budzi się pan co noc i myśli o pracy i o swojej matce?",
    "pt": "Que bom ver você de novo. Como foi a semana desde a última vez, você conseguiu dormir "
    "um pouco melhor, ou ainda acorda todas as noites pensando no trabalho e no que a sua mãe lhe "
    "disse?",
    "ru": "Рад вас снова видеть. Как прошла неделя с нашей последней встречи, удалось ли вам спать "
    "немного лучше, или вы всё ещё просыпаетесь каждую ночь и думаете о работе и о своей матери?",
    "sv": "Vad bra att du är här igen. Hur har det gått sedan förra gången, har du kunnat sova "
    "lite bättre, eller ligger du fortfarande vaken varje natt och tänker på jobbet och på din "
    "mamma?",
    "tr": "Sizi yeniden görmek güzel. Son görüşmemizden beri haftanız nasıl geçti, geceleri biraz "
    "daha iyi uyuyabildiniz mi, yoksa hâlâ her gece uyanıp işinizi ve annenizi mi düşünüyorsunuz?",
    "zh": "很高兴又见到你。从上次见面到现在，这一周过得怎么样？晚上睡得好一点了吗，"
    "还是每天夜里都会醒来，一直想着工作上的事情和你妈妈对你说过的那些话？",
}

ENGLISH = (
    "It's good to see you again. How has the week been since we last met, did you sleep any "
    "better, or do you still lie awake every night and think about work and what your mother said?"
)
