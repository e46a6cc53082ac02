"""Words by class. Edit freely: one class, its words, lower case, divided by blanks.

The classifier reads a unit twice: as its words, and as their classes, so that what it has
learned of "my sister" also holds for "my stepdad". A word belongs to one class. A plural in -s
is found without being listed in the classes of `PLURALS`. A model must be trained again after a
change here.
"""

# fmt: off

WORD_CLASSES: dict[str, str] = {
    # Persons and what is theirs.
    "I": "i",
    "ME": "me",
    "MY": "mine my",
    "OWN": "own",
    "MYSELF": "myself",
    "YOU": "u ya you",
    "YOUR": "your yours",
    "YOURSELF": "yourself yourselves",
    "WE": "us we",
    "OUR": "our ours",
    "THEY": "he him she them they",
    "THEIR": "her hers his their theirs",
    "IT": "it that there this",
    "NAME": "name name's placeholder",
    # Helping verbs, negation, mood.
    "BE": "am are be being is m",
    "WAS": "was were",
    "BEEN": "been",
    "HAVE": "has have having",
    "DO": "do does doing done",
    "MODAL": "could may might must should would",
    "CAN": "can",
    "WILL": "gonna shall will",
    "NOT": "n't no not",
    "IF": "if whether",
    # Small words.
    "A": "a an",
    "THE": "the",
    "AND": "and because but or so",
    "PREP": "about as at by for from in into of on over through to with",
    "WHEN": "when whenever while",
    "WHICH": "how what where which who why",
    "NUM": """
        0 eight fifteen fifty first five forty four hundred nine one second seven six ten
        third thirty three twelve twenty two
    """,
    "HERE": "here",
    # Professional role: people, places, work.
    "ROLE": """
        adviser advisor analyst assistant caregiver carer caseworker chaplain clinician
        coach consultant coordinator counsellor counsellors counselor counselors dean
        dentist dietician dietitian director doctor educator engineer facilitator fellow gp
        hygienist hypnotherapist imam instructor intern lawyer lcsw lecturer liaison
        librarian listener lmft lmhc locum lpc manager md medic mentor mft midwife minister
        navigator nurse nurses nutritionist officer ot paramedic pastor pharmacist phd
        physician physio physiotherapist practitioner prescriber priest principal professor
        psychiatrist psychoanalyst psychologist psychotherapist psyd rabbi receptionist
        registrar resident rn soldier specialist sponsor student supervisor supporter
        teacher technician therapist therapists trainee trainer tutor veteran volunteer
        worker
    """,
    "PLACE": """
        agency campus center centre charity clinic college community company court
        department district emergency facility floor helpline hospice hospital lab office
        pharmacy prison probation program programme rehab school service shop store surgery
        team unit university ward
    """,
    "WORK": """
        approach background career caseload certification colleague colleagues credentials
        degree dissertation doctorate duties duty experience expertise fieldwork internship
        job licence license master's masters orientation placement position post profession
        qualification role speciality specialty supervision thesis title
    """,
    "WORKING": """
        certified counsel counseled counseling counselling employed hired licensed oversee
        practice practiced practicing practise practised practising qualified registered run
        specialise specialised specialising specialize specialized specializing studied
        supervise supervised taught teach teaching train trained training treat treated
        treating volunteered volunteering work worked working works
    """,
    "CLIENTS": """
        adolescents adults client clients couples everybody everyone families folks
        individuals patient patients people pupils residents students teenagers teens
        veterans youth
    """,
    "FIELD": """
        act addiction attachment cbt dbt emdr existential gestalt holistic humanistic
        jungian medicine mindfulness motivational narrative nursing person-centered
        person-centred psychoanalytic psychodynamic psychology psychotherapy rogerian
        solution-focused somatic systemic therapy trauma
    """,
    # Life: kinship, home, tastes, troubles.
    "KIN": """
        aunt auntie baby bestie bf boyfriend brother brothers buddy child children cousin
        cousins dad daddy daughter daughters eldest ex family father fiance fiancee flatmate
        friend friends gf girlfriend gran grandad granddad grandfather grandma grandmother
        grandpa grandparents housemate hubby husband in-laws kid kids mam mama mate mates
        missus mom mother mum nan nana neighbor neighbour nephew niece oldest papa parent
        parents partner relatives roommate sibling siblings sister sisters son sons spouse
        stepdad stepdaughter stepmom stepmum stepson toddler twins uncle wife youngest
    """,
    "PET": "cat cats dog dogs horse kitten pet pets puppy rabbit",
    "LIFE": """
        accent age alarm anniversary apartment bed bike birthday body boss car childhood
        church city commute country diet faith flat garden hair health hobbies hobby holiday
        holidays home hometown house internet kitchen laptop marriage phone rent savings
        town vacation village wedding weekend weekends yard
    """,
    "LEISURE": """
        baking band baseball basketball beer book books cake camping cheese chocolate choir
        climbing coffee cooking cricket crossword cycling dance dancing drawing drums fan
        film films fishing food football games gaming gardening golf guitar gym hiking
        hockey jogging knitting meat meditate meditation movie movies music netflix novels
        painting piano pizza podcast podcasts puzzles reading rugby running series sewing
        singing skiing soccer spicy sport sports surfing sweets swimming tea tennis travel
        traveling travelling tv vegan vegetarian videogames violin walking wine yoga
    """,
    "TASTE": """
        adore crave dislike enjoy enjoyed favorite favourite hate hated like liked loathe
        love loved prefer
    """,
    "PROBLEM": """
        abuse abused abusive addict addicted adhd affair afraid alcohol alcoholic alone
        anger angry anorexia anxiety anxious ashamed asthma awkward bankrupt betrayed
        bipolar break-up breakdown breakup broke bulimia bullied bullying burned burnout
        burnt cancer cheated cigarettes cope coped coping covid cried crisis crying death
        debt debts depressed depressing depression diabetes died disability divorce divorced
        drinking dropped drunk dumped dying eating exam exams exhausted failed failing
        failure fat fear fired funeral gambled gambling grief grieving guilt guilty
        heartbreak heartbroken homeless homesick hopeless hurt ill illness insecure
        insecurity insomnia isolated isolation jealous laid layoff lockdown loneliness
        lonely losing lost meltdown migraine migraines miscarriage nervous ocd overweight
        overwhelmed pain pandemic panic perfectionist procrastinate procrastinating
        procrastination ptsd quarantine quit recovery redundant rejected rejection relapse
        relapsed scared separated shame shy shyness sick sleep sleepless smoke smoked smoker
        smoking sober sobriety stress stressed struggle struggled struggles struggling stuck
        suicidal suicide temper terrified tired unemployed weight widow widowed worried
        worry
    """,
    "BODY": """
        antidepressants blood chest cholesterol doctor's eyes head heart hip knee knees
        medication meds pills pressure prozac shoulder skin stomach sugar tablets teeth
        tooth
    """,
    "DAILY": """
        bake born clean cook draw drink drive driving eat eats exercise grow knit listen
        listening live lives living owned paint play played playing pray praying raise
        raised read ride sew sing stay swim wake walk walked watch watching wear writing
        wrote
    """,
    # What is felt, thought and done here and now.
    "NOTICE": """
        appreciate appreciated assume assumed bet figured gather gathered gotcha guess
        guessed hear hearing hope hoped imagine imagined notice noticed noticing sense
        sensed sensing suppose supposed understand understood wonder wondered wondering
    """,
    "THINK": "agree believe feel feeling know mean remember say see think thinking",
    "FEELING": """
        annoyed comfortable concerned confused curious delighted disappointed embarrassed
        excited frustrated glad grateful happy hopeful impressed moved pleased proud
        relieved sad sorry thrilled touched uncomfortable upset
    """,
    "OFFER": """
        advise ask begin call check discuss encourage explain give go help invite look offer
        propose recommend refer schedule send share show start suggest talk tell urge write
    """,
    "WANT": "need want wish",
    "SAY": "goes saying says telling tells",
    "SERVICE": """
        arrange asked asking bring bringing called calling chase checking clarify collect
        cover covering document drop email fax fill follow following grab hand hold inform
        interrupt jot jump meet meeting mention mentioned note order pass pick point
        prescribe prescribed print pull put recap repeat return review reviewing ring sign
        speaking summarise summarize swing talking touch
    """,
    # Habit, time, likeness, coping, past.
    "HABIT": """
        always constantly daily ever every frequently generally mostly never normally often
        rarely regularly sometimes still tend typically usually
    """,
    "TIME": """
        ago back decade decades fifties forties last lately month months morning night once
        past recently since summer thirties today twenties week weeks winter year years
        yesterday young younger
    """,
    "ALSO": "also either likewise neither personally same similar similarly too",
    "COPE": """
        deal dealt find found gave helped helps keep kept learn learned learnt manage
        managed overcome recovered stop stopped suffer suffered suffering survive survived
        tried try trying use used using
    """,
    "PAST": """
        applied ate became began bought came changed cut decided did drank drove ended fell
        felt finished forgot fought got graduated grew had happened heard held hid hit
        joined knew left let lied lived looked made married met needed paid passed ran
        realised realized remembered returned said sat saw seemed signed slept sold spent
        started stayed stood talked thought told took turned wanted went wished woke
    """,}

# Contractions, as the classes of their parts; "'m", "'re", "'ve", "'ll" and "'d" need no entry.
CONTRACTIONS: dict[str, str] = {
    "don't": "DO NOT", "dont": "DO NOT", "doesn't": "DO NOT", "didn't": "DID NOT",
    "didnt": "DID NOT", "isn't": "BE NOT", "isnt": "BE NOT", "aren't": "BE NOT",
    "wasn't": "WAS NOT", "wasnt": "WAS NOT", "weren't": "WAS NOT", "haven't": "HAVE NOT",
    "havent": "HAVE NOT", "hasn't": "HAVE NOT", "hadn't": "HAD NOT", "won't": "WILL NOT",
    "wont": "WILL NOT", "wouldn't": "MODAL NOT", "couldn't": "MODAL NOT",
    "shouldn't": "MODAL NOT", "can't": "CAN NOT", "cant": "CAN NOT", "cannot": "CAN NOT",
    "im": "I BE", "ive": "I HAVE", "youre": "YOU BE", "youve": "YOU HAVE", "thats": "IT BE",
    "its": "IT BE",
}

# What is left out of the classes: it does not show who is spoken of.
FILLERS = """
    um uh er erm ah oh mm hmm hm well yeah yes okay ok right just really very actually kind sort
    basically quite honestly maybe probably pretty even definitely simply sure
"""

# Classes that a word in plural -s is found in by its singular.
PLURALS: tuple[str, ...] = ("ROLE", "PLACE", "KIN", "PROBLEM")

# Past tenses in other classes than PAST that do not end in -ed.
IRREGULAR_PAST = "found kept learnt used gave dealt quit wrote understood lost taught hurt fell"
