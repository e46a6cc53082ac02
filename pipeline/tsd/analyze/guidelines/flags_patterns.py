"""Words that speak for a flag of the codebook. Edit freely; lower case.

A phrase matches whatever the case, and where speech recognition left out the apostrophe or a
typist put blanks around it: "i'm" also finds "im" and "I ' m". A blank also stands for a comma or
a hyphen; "i'm", "i've", "we're" and "don't" also find the words in full. Signs with a meaning:

- ``*`` at the end of a word: any ending ("grie*"),
- ``...`` between two words: up to three words of any kind,
- ``{name}``: any word of the group of that name in `GROUPS`, with or without "s" at its end.
"""

# fmt: off

# Endings that are also said in full.
LONG_FORMS: dict[str, str] = {"n't": " not", "'ve": " have", "'m": " am", "'re": " are"}

GROUPS: dict[str, tuple[str, ...]] = {
    "person": (
        "man", "woman", "lady", "gentleman", "guy", "girl", "boy", "lad", "bloke", "fellow", "chap",
        "kid", "student", "couple", "family", "client", "patient", "mum", "mom", "dad", "teacher",
        "nurse", "driver", "him", "her",
    ),
    "therapist": (
        "therapist", "counsellor", "counselor", "psychologist", "psychiatrist", "shrink",
    ),
    "kin": (
        "mum", "mom", "mam", "mother", "dad", "father", "parent", "folks", "brother", "sister",
        "sibling", "twin", "son", "daughter", "child", "children", "kid", "baby", "boy", "girl",
        "grandmother", "grandfather", "grandma", "grandpa", "grandad", "granddad", "gran", "nan",
        "nana", "grandparent", "granny", "uncle", "aunt", "auntie", "cousin", "nephew", "niece",
        "husband", "wife", "partner", "spouse", "boyfriend", "girlfriend", "fiance", "fiancé",
        "fiancee", "fiancée", "stepdad", "stepmum", "stepmom", "stepfather", "stepmother",
        "stepson", "stepdaughter", "father in law", "mother in law", "brother in law",
        "sister in law", "in law", "friend", "best friend", "mate", "ex husband", "ex wife", "ex",
        "youngest", "eldest", "oldest", "grandson", "granddaughter",
    ),
    "parent": (
        "mum", "mom", "mam", "mother", "dad", "father", "parent", "folks", "stepdad", "stepmum",
        "stepmom", "stepfather", "stepmother",
    ),
    "partner": (
        "husband", "wife", "partner", "spouse", "boyfriend", "girlfriend", "fiance", "fiancé",
        "fiancee", "fiancée", "ex husband", "ex wife", "ex",
    ),
    "pet": (
        "dog", "cat", "puppy", "kitten", "horse", "pet", "rabbit", "spaniel", "beagle", "labrador",
        "collie", "terrier", "retriever", "greyhound", "poodle", "tabby",
    ),
    "drink": (
        "wine", "vodka", "gin", "whisky", "whiskey", "rum", "beer", "lager", "cider", "booze",
        "alcohol", "liquor", "bourbon", "sherry", "spirits", "the drink", "cans",
    ),
    "gone": (
        "died", "dies", "passed", "passed away", "passing", "dead", "funeral", "was killed",
        "is gone", "was gone", "been gone", "was dying", "were dying", "is dying",
    ),
    "many": (
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "twenty", "thirty", "couple of", "few", "several", "many", "some",
    ),
}

# --- intimate -------------------------------------------------------------------------------

# Words of each intimate topic. In the type `training` they count only beside OWN_EXPERIENCE.
TOPICS: dict[str, tuple[str, ...]] = {
    "sex": (
        "sex", "sex life", "sexual*", "sexless", "libido", "sex drive", "erection*", "erectile",
        "impoten*", "viagra", "orgasm*", "virgin", "virginity", "masturbat*", "porn*", "slept with",
        "sleep with him", "sleep with her", "sleeping with", "one night stand*", "slept around",
        "sleep around", "sleeping around", "hook up", "hook ups", "hooking up", "hooked up",
        "promiscu*", "polyamor*", "open relationship", "open marriage", "fetish*", "kink*",
        "intimacy", "making love", "made love", "std", "chlamydia", "herpes", "abortion",
        "unplanned pregnancy",
    ),
    "abuse and trauma": (
        "nightmares", "survivor", "eggshells", "my {parent} screamed", "my {parent} shouted",
        "afraid of my {kin}", "scared of my {kin}", "abus*", "trauma*", "ptsd", "assault*", "rape",
        "raped", "hit each other", "raised his hand", "raised a hand", "fist through", "fists",
        "punched", "social services", "car crash", "motorbike accident", "in a crash", "a crash",
        "broken into", "was attacked", "got attacked", "was mugged", "was robbed", "rapist",
        "molest*", "groomed", "violence", "violent", "violently", "beat me", "beat us", "beat my",
        "beaten", "hit me", "hit us", "hit my", "slapped me", "punched me", "strangled",
        "choked me", "women's shelter", "bullied", "bully*", "bullies", "neglected", "foster care",
        "foster kid", "foster home*", "fostered", "in care", "children's home", "flashback*",
        "combat", "bombing", "mugged", "stalk*", "harass*", "tortur*", "refugee", "fled",
        "car accident", "car wreck", "near death", "house fire", "coercive", "gaslit", "gaslight*",
        "narcissist*", "toxic relationship", "put his hands on me", "black eye", "my abuser",
        "foster placement*", "witnessed violence", "domestic abuse", "sexual abuse", "abusive",
    ),
    "mental illness": (
        "compulsion*", "crying every day", "couldn't stop crying", "lowest point",
        "couldn't get out of bed", "couldn't leave the house", "my ocd", "cried every day",
        "postnatal", "post natal", "postpartum", "post partum", "baby blues", "panic attack*",
        "anxiety attack*", "anxiety disorder", "social anxiety", "health anxiety", "severe anxiety",
        "bad anxiety", "suffer from anxiety", "suffered from anxiety", "suffer with anxiety",
        "struggled with anxiety", "struggle with anxiety", "have anxiety", "had anxiety",
        "generalized anxiety", "generalised anxiety", "ocd", "obsessive compulsive",
        "intrusive thoughts", "bipolar", "manic", "mania", "psychosis", "psychotic", "schizo*",
        "hear voices", "hearing voices", "heard voices", "breakdown", "burnout", "burned out",
        "burnt out", "burn out", "eating disorder*", "disordered eating", "anorexi*", "bulimi*",
        "binge*", "purging", "purged", "starved myself", "made myself sick", "antidepressant*",
        "depression", "was depressed", "been depressed", "got depressed", "clinically depressed",
        "severely depressed", "so depressed", "very depressed", "quite depressed",
        "really depressed", "depressive", "panic disorder", "panic for", "had panic",
        "felt suicidal", "mental health problem*", "mental health issue*",
        "mental health struggle*", "mental health crisis", "on medication", "my medication",
        "my meds", "on meds", "in therapy", "saw a {therapist}", "see a {therapist}",
        "seeing a {therapist}", "went to therapy", "went to counselling", "went to counseling",
        "off work with stress", "anti depressant*", "ssri*", "sertraline", "fluoxetine", "prozac",
        "zoloft", "lexapro", "celexa", "citalopram", "escitalopram", "mirtazapine", "venlafaxine",
        "effexor", "paxil", "wellbutrin", "cymbalta", "lithium", "quetiapine", "seroquel",
        "olanzapine", "lamictal", "prazosin", "xanax", "valium", "lorazepam", "sectioned",
        "psych ward*", "psychiatric", "psychiatrist", "inpatient", "mental illness", "mentally ill",
        "agoraphobi*", "claustrophobi*", "dissociat*", "hoarding", "nervous wreck", "my therapist",
        "my counsellor", "my counselor", "my psychologist", "dark place", "hit rock bottom",
        "rock bottom", "body image", "a shrink", "my shrink", "seasonal affective",
        "my panic attacks", "psychiatric admission", "psychiatric hospital",
    ),
    "addiction": (
        "using again", "my dealer", "got high", "getting high", "drink problem", "first drink",
        "last drink", "hid bottles", "aa meeting", "addict*", "alcoholic*", "alcoholism", "sober",
        "quit drinking", "stopped drinking", "drinking again", "too much to drink", "bottle every",
        "bottle a day", "bottle a night", "blind drunk", "mean drunk", "drank too much", "drank a",
        "drank every", "drank over", "drank because", "hid the bottle*", "over the limit",
        "on drugs", "using drugs", "took drugs", "off the drugs", "sobriety", "in recovery",
        "relaps*", "rehab", "detox*", "drinking problem", "problem drinker", "drunk", "drunken",
        "drinker", "drinking", "blackout*", "aa", "na meeting*", "al anon", "alanon",
        "twelve step*", "12 step*", "my sponsor", "a sponsor", "fifth step", "got clean",
        "years clean", "months clean", "days clean", "weeks clean", "stay clean", "month clean",
        "year clean", "clean and sober", "clean time", "heroin", "cocaine", "crystal meth", "meth",
        "opioid*", "opiate*", "oxy*", "fentanyl", "methadone", "suboxone", "painkillers", "pills",
        "overdos*", "gambl*", "slot machine*", "fruit machine*", "bookies", "betting", "casino*",
        "drug use", "drug problem", "cannabis", "stoned", "cravings", "craving",
        "bottle of {drink}", "lost my license", "dui", "drink driving", "amends", "day chip",
        "month chip", "year chip", "sleeping pills", "smoked weed", "smoking weed", "smoked pot",
        "going through withdrawal", "withdrawals", "recovering alcoholic*", "recovering addict*",
        "substance abuse", "substance use", "substance misuse", "gave up drinking",
        "gave up alcohol", "drink and drugs", "hooked on",
    ),
    "suicidality": (
        "suicid*", "kill myself", "killed himself", "killed herself", "killed themselves",
        "end my life", "ended his life", "ended her life", "took his own life", "took her own life",
        "took his life", "took her life", "take my own life", "wanted to die", "want to die",
        "wished i was dead", "better off dead", "not be here anymore", "didn't want to be here",
        "didn't want to wake up", "not wake up", "end it all", "self harm*", "selfharm*",
        "hurt myself", "hurting myself", "cut myself", "cutting myself", "hanged himself",
        "hung himself", "stood on a bridge", "suicide attempt*", "ended it all",
    ),
    "serious illness": (
        "tests came back", "oncolog*", "angina", "sepsis", "meningitis", "concussion",
        "weeks early", "pregnancy loss", "tried for {many} years", "trying for {many} years",
        "trying for a baby", "cancer", "tumor*", "tumour*", "had a stroke", "a stroke",
        "his stroke", "her stroke", "my stroke", "heart operation", "big operation", "open heart",
        "back in the hospital", "hospital bed", "spinal surgery", "major surgery", "brain surgery",
        "cancer scare", "diagnosed with cancer", "chemo*", "radiotherapy", "radiation", "biops*",
        "mastectomy", "leukemia", "leukaemia", "lymphoma", "melanoma", "heart attack*",
        "heart surgery", "heart failure", "pacemaker", "aneurysm", "diabet*", "type one", "type 1",
        "type two", "type 2", "insulin", "multiple sclerosis", "parkinson*", "dementia",
        "alzheimer*", "epilep*", "seizure*", "crohn*", "colitis", "stoma", "lupus", "rheumatoid",
        "chronic pain", "chronic illness", "chronically ill", "chronic fatigue", "fibromyalgia",
        "endometriosis", "dialysis", "transplant*", "hospice", "palliative", "terminally",
        "intensive care", "icu", "life support", "ventilator", "hiv", "hepatitis", "copd",
        "emphysema", "cystic fibrosis", "diagnosis", "hospitalised", "hospitalized",
        "hospitalisation", "hospitalization", "nicu", "disabled", "wheelchair", "amput*",
        "brain injury", "paralys*", "paralyz*", "seriously ill", "very ill", "was ill", "is ill",
        "got ill", "illness", "health problem*", "health issue*", "health scare", "long covid",
        "memory care", "nursing home", "a scan", "my scan", "ivf", "infertil*", "fertility",
        "couldn't have children", "couldn't have kids", "couldn't conceive", "trying to conceive",
        "tried for a baby", "cared for my {kin}", "looked after my {kin}", "flare up*", "relapsing",
        "remission", "a lump", "my lump", "terminal illness", "terminal cancer", "terminally ill",
        "premature baby", "born premature*", "born early", "heart bypass", "triple bypass",
        "kidney failure", "kidney disease", "stent", "stents", "was in the hospital",
        "was in hospital", "were in hospital", "ended up in hospital", "ended up in the hospital",
        "in hospital for", "in the hospital for", "back in hospital", "rushed to hospital",
        "rushed to the hospital", "taken to hospital", "admitted to hospital", "hospital admission",
    ),
    "bereavement": (
        "i miss him", "i miss her", "missed him", "missed her", "cry about my {kin}",
        "cried about my {kin}", "cried for my {kin}", "both parents died", "empty chair", "grave",
        "graveside", "gravestone", "headstone", "cemetery", "burial", "ashes", "urn", "cremat*",
        "coffin", "casket", "obituary", "eulogy", "the wake", "widow*", "grief", "griev*",
        "bereave*", "mourn*", "died", "passed away", "he passed", "she passed", "has passed",
        "they passed", "before he passed", "late husband", "late wife", "late father",
        "late mother", "late partner", "miscarr*", "stillb*", "put to sleep", "funeral of",
        "his funeral", "her funeral", "their funeral", "the funeral", "{kin} funeral",
        "{kin} death", "death of my {kin}", "death of a {kin}", "after the death of", "buried my",
        "buried her", "buried him", "first christmas without", "first birthday without",
        "year without", "his grave", "her grave", "lost both {parent}", "to lose a {kin}",
        "lost a {kin}", "lost someone", "lost somebody", "deathbed", "last breath", "was dying",
        "were dying", "is dying", "dying of", "was put down", "were put down", "be put down",
        "had to put ... down", "lost both", "stages of grief",
    ),
    "money trouble": (
        "second mortgage", "remortgag*", "sofa surfing", "slept in my car", "lived in my car",
        "overdue bills", "final demand*", "unpaid bills", "unopened bills", "closed my business",
        "closed our business", "debt*", "in the red", "skint", "penniless", "broke at the time",
        "flat broke", "dead broke", "bankrupt*", "owed money", "owed the bank", "in loans",
        "student loan debt", "had to borrow", "went hungry", "asked for help with money",
        "closed our shop", "business failed", "business went under", "lost the business",
        "lost my business", "our savings", "insolven*", "overdraft*", "overdrawn", "payday loan*",
        "loan shark*", "bailiff*", "debt collector*", "repossess*", "evict*", "homeless*",
        "foreclos*", "food bank*", "foodbank*", "food pantry", "food stamp*", "soup kitchen",
        "couldn't afford", "could not afford", "can't afford", "cannot afford", "unable to afford",
        "rent money", "behind on the rent", "behind on rent", "behind on the mortgage",
        "pay the rent", "make ends meet", "making ends meet", "no money", "money was tight",
        "money is tight", "money trouble*", "money problem*", "money worr*", "ran out of money",
        "short of money", "financial trouble*", "financial problem*", "financial hardship",
        "financial struggle*", "paycheck to paycheck", "hand to mouth", "maxed out", "borrow money",
        "borrowed money", "poverty", "we were poor", "on benefits", "on the dole", "on welfare",
        "lost the house", "lost our house", "lost our home", "lost my savings", "lost everything",
        "went under", "in arrears", "arrears", "scammed", "swindled", "repo man", "pawned",
        "pawn shop", "credit card debt*", "credit card bill*", "on a credit card",
        "on credit cards", "deep in debt", "lend me money", "lent me money",
    ),
    "close conflict": (
        "threw me out", "kicked me out", "left my {partner}", "leaving my {partner}",
        "my {partner} and i argue", "my {partner} and i argued", "my {partner} and i fight",
        "my {partner} and i row", "slept on the sofa", "slept on the couch", "trial separation",
        "get over him", "get over her", "got over him", "got over her", "shouted at each other",
        "lied to me", "trust him again", "trust her again", "forgave him", "forgave her", "divorc*",
        "split up", "we split", "breakup", "break up", "breakups", "break ups", "broke up",
        "broken up", "breaking up", "broke it off", "broken heart", "heartbroken", "heartbreak*",
        "heart broken", "dumped", "jilted", "walked out on", "an affair", "cheated on",
        "cheating on", "cheated", "betrayed me", "betrayed by", "betrayal", "don't speak to me",
        "don't speak to each other", "we don't speak", "my {partner} left", "he left me",
        "she left me", "{partner} left me", "after he left", "after she left", "didn't speak to me",
        "doesn't speak to me", "won't speak to me", "didn't talk to me", "hasn't spoken to me",
        "haven't spoken", "not spoken", "called off the engagement", "trust issues",
        "separated from my", "separating from my", "we separated", "we're separating",
        "we're separated", "i'm separated", "our separation", "my separation", "after we split",
        "my ex husband", "my ex", "unfaithful", "infidel*", "custody", "co parent*", "alimony",
        "child support", "couples therapy", "couples therapist", "couples counselling",
        "couples counseling", "couples counsellor", "couples counselor", "marriage counselling",
        "marriage counseling", "marriage counselor", "marriage counsellor", "marriage guidance",
        "estrange*", "disowned", "disown*", "no contact", "fell out", "falling out", "fallen out",
        "not on speaking terms", "on speaking terms", "not speak to each other", "stopped speaking",
        "stopped talking", "silent treatment", "first husband", "first wife", "first marriage",
        "ex husband", "ex wife", "marriage ended", "marriage is ending", "marriage fell apart",
        "marriage was", "end of my marriage", "engagement ended", "called off the wedding",
        "rocky patch", "separate rooms", "screaming match*", "blazing row*", "toxic family",
        "got back together", "on and off relationship", "messy breakup",
    ),
}

# Phrases of each topic that say themselves that it is the speaker's own: they count in any type.
OWN: dict[str, tuple[str, ...]] = {
    "sex": (
        "i slept with", "my sex life", "our sex life", "i was a virgin", "i lost my virginity",
        "my libido",
    ),
    "abuse and trauma": (
        "i was abused", "i was raped", "i was assaulted", "i was molested", "i was bullied",
        "i got bullied", "i was beaten", "my abuser", "my trauma", "my own trauma",
        "my {kin} hit me", "my {kin} beat", "my {kin} used to hit", "my {kin} was violent",
        "i was in care", "i grew up in care", "i was fostered", "i was in an abusive",
        "i watched my {kin} ... hit", "my {kin} hit us", "my {kin} hit my", "my {kin} abused",
        "i was attacked", "i was mugged", "i was stalked", "i was groomed", "i grew up in foster",
    ),
    "mental illness": (
        "i was depressed", "i've been depressed", "my depression", "my breakdown",
        "my own breakdown", "my panic attacks", "i was hospitalised", "i was hospitalized",
        "i had a breakdown", "i was sectioned", "i had postnatal", "i had postpartum",
        "i was anorexic", "i was bulimic", "i was on medication", "i take medication",
        "i'm on medication", "i have depression", "i had depression", "i have ocd",
        "i have bipolar", "i fell apart", "i couldn't get out of bed", "i couldn't leave the house",
        "i had an eating disorder", "i had a panic attack", "i have panic attacks",
        "i had panic attacks", "i get panic attacks", "i had anorexia", "i had psychosis",
        "i hear voices",
    ),
    "addiction": (
        "i'm an alcoholic", "i was an alcoholic", "i'm an addict", "i was an addict",
        "i'm in recovery", "i've been in recovery", "person in recovery", "long term recovery",
        "my own recovery", "my recovery", "i'm sober", "i was sober", "i've been sober",
        "i got sober", "i've been clean", "i got clean", "i quit drinking", "i stopped drinking",
        "i gave up drinking", "my drinking", "my own drinking", "my addiction", "my sobriety",
        "my relapse", "i relapsed", "my {kin} drank", "my {kin} was drinking", "my {kin} drinks",
        "my {kin} was a drinker", "my {kin} is an addict", "my {kin} was an addict",
        "my {kin} was an alcoholic", "clean and sober", "drinking in my house",
        "drinking in our house", "i used drugs", "my {kin} ... addict", "i was on heroin",
        "i grew up with an alcoholic", "i was still using", "i was using drugs", "i went to rehab",
        "i was in rehab", "i went to aa", "my {kin} gambled", "i gambled",
    ),
    "suicidality": (
        "i was suicidal", "i wanted to die", "i tried to kill myself", "my own suicid*",
        "my suicid*", "i used to cut", "i was cutting", "my {kin} took his own life",
        "my {kin} took her own life", "my {kin} killed himself", "my {kin} killed herself",
        "i self harmed", "lost my {kin} to suicide", "i tried to end it", "i tried to end my",
        "i overdosed", "i took an overdose",
    ),
    "serious illness": (
        "my cancer", "my own cancer", "i had cancer", "i have cancer", "my stroke",
        "my own illness", "my illness", "my chemo", "my diagnosis", "i have diabetes",
        "i'm diabetic", "i'm type one", "my {kin} had cancer", "my {kin} has cancer",
        "my {kin} had dementia", "my {kin} has dementia", "my {kin} was ill", "my {kin} is ill",
        "my {kin} got ill", "my {kin} was sick", "my {kin} is sick", "my {kin} ... cancer",
        "my {kin} ... dementia", "i was in hospital", "i was in the hospital", "i had surgery",
        "i had an operation", "my transplant", "i had a stroke", "i had a heart attack",
        "my own fertility", "i've got a stoma", "my {kin} had a stroke", "my {kin} was in hospital",
        "my {kin} was in the hospital", "i've been type one", "i've been type 1",
        "i've been type 2", "i had chemo", "i had a heart operation", "i nearly died",
        "i almost died",
    ),
    "bereavement": (
        "i lost my {kin}", "i lost my own {kin}", "lost my {kin}", "lost my own {kin}",
        "lost our {kin}", "we lost my {kin}", "we lost our {kin}", "we lost our little",
        "i lost my {pet}", "we lost our {pet}", "my {kin} {gone}", "our {kin} {gone}",
        "my {kin} ... {gone}", "our {kin} ... {gone}", "my {pet} {gone}", "my {pet} ... {gone}",
        "i was widowed", "i'm widowed", "i'm a widow*", "my late {kin}", "my own loss",
        "my own grief", "my grief", "my loss", "i lost a friend", "i lost a {kin}",
        "i lost a child", "i lost a baby", "lost a baby", "i buried my", "we buried my",
        "we buried our", "i still miss", "missed my {kin}", "i had a miscarriage", "my miscarriage",
        "since my {kin} {gone}", "when my {kin} {gone}", "lost my best friend", "death of a friend",
        "said goodbye to my {kin}", "my own {kin} ... {gone}", "lost our old", "lost my old",
        "loss of my {kin}", "losing my {kin}", "losing a {kin}",
    ),
    "money trouble": (
        "i was in debt", "i got into debt", "my debt*", "my own debt*", "i was broke",
        "we were broke", "i'm broke", "i was skint", "i was homeless", "we were homeless",
        "i went bankrupt", "i was evicted", "we were evicted", "i lost my house", "i ran up",
        "we had no money", "i had no money", "i couldn't afford", "we couldn't afford",
        "my {parent} couldn't afford", "my business failed", "my business went",
        "my business closed",
    ),
    "close conflict": (
        "my divorce", "my own divorce", "i'm divorced", "i was divorced", "i got divorced",
        "i went through a divorce", "i divorced", "my {parent} divorced", "my {parent} split",
        "my {parent} separated", "my {parent} got divorced", "my {kin} cheated", "i cheated",
        "i was cheated on", "been cheated on", "my breakup", "my break up",
        "my {partner} and i split", "my {partner} and i broke", "my {partner} and i fought",
        "my {kin} and i ... not speak", "my {kin} and i ... didn't speak",
        "my {kin} and i ... stopped talking", "my {kin} and i ... don't speak",
        "my {kin} and i don't talk", "didn't speak to my", "don't speak to my",
        "haven't spoken to my", "not spoken to my", "since i spoke to my",
        "my {kin} ... didn't speak to me", "my {kin} ... didn't talk to me",
        "my {kin} ... won't speak to me", "my {kin} ... stopped talking to me", "i don't speak to",
        "i blocked my", "block my ex", "blocked my ex", "my marriage", "my own marriage",
        "my first marriage", "my {kin} cut me off", "i cut off my", "cut off contact",
        "my {kin} disowned", "my {kin} threw me out", "my {kin} kicked me out",
        "fought with my {kin}", "fighting with my {kin}", "fight with my {kin}",
        "argue with my {kin}", "argued with my {kin}", "arguing with my {kin}",
        "furious with my {kin}", "angry with my {kin}", "angry at my {kin}", "resent* my {kin}",
        "years of silence", "my {kin} and i fell out", "my {kin} and i had a row",
        "my {kin} and i were estranged", "my husband left", "my wife left",
        "my {partner} had an affair", "i had an affair", "i left my {partner}",
        "my {partner} and i separated", "my {parent} split up",
    ),
}

# In the type `training` a word of TOPICS is the matter of the job, unless one of these is near.
OWN_EXPERIENCE: tuple[str, ...] = (
    "lived experience", "my own", "myself", "i've been through", "i went through",
    "i have been through", "as a patient", "as a service user", "as a client", "i suffered",
    "i struggled", "i survived", "survivor of", "i was in the same", "i used to be", "my {kin}",
    "i came here as", "i came as",
)

# A topic's word is taken back when one of these stands up to four words before it.
NOT_OWN_BEFORE: tuple[str, ...] = (
    "your", "yours", "trained in", "training in", "training on", "trained on", "specialise in",
    "specialize in", "specialising in", "specializing in", "specialised in", "specialized in",
    "works with", "working with", "worked with", "works in", "working in", "worked in", "worked on",
    "works on", "worked at", "working at", "worked for", "nurse on", "nurse in", "experience with",
    "experience in", "expert in", "expertise in", "people with", "people who", "clients with",
    "clients who", "patients with", "patients who", "families who", "couples who", "someone with",
    "someone who", "somebody who", "those with", "anyone with", "anyone who", "others with",
    "individuals with", "individuals who", "treat", "treating", "treated", "therapy for",
    "group for", "groups for", "help people", "course on", "course in", "certificate in",
    "certified in", "licensed in", "qualification in", "diploma in", "degree in", "research on",
    "research into", "studied", "thesis on", "read about", "reading about", "book about", "book on",
    "books on", "film about", "show about", "article on", "workshop on", "talk about",
    "talks about", "lecture on", "taught", "teach", "i run a", "i run the", "i lead a",
    "i facilitate", "volunteer at", "volunteered at", "volunteer with", "volunteering at",
    "opinion on", "opinion about", "believe in", "you have", "you had", "you were", "you are",
    "you been", "you went", "you got", "i work with", "we work with", "to work with",
    "can work with", "i work in", "i work on", "i work at", "i work for", "we work on", "phone",
    "battery", "laptop", "engine", "plant", "plants",
)

# ... or one of these, also before the phrases of OWN: then it did not happen.
UNREAL_BEFORE: tuple[str, ...] = (
    "if i were", "if i was", "if i had", "if i have", "if i got", "if my", "if i lost", "imagine",
    "as if", "pretend", "would have", "might have been", "could have been", "as though", "suppose",
)

# ... or one of these, with no word between.
UNREAL_JUST_BEFORE: tuple[str, ...] = ("if", "if i", "unless", "unless i")

# ... or when one of these follows it: then it names a job, a place of work or a method.
NOT_OWN_AFTER: tuple[str, ...] = (
    "counsel*", "nurse*", "nursing", "ward", "wards", "unit", "units", "charity", "service",
    "services", "team", "teams", "clinic", "clinics", "helpline", "hotline", "field", "specialist*",
    "course*", "certificate", "certification", "training", "worker*", "work", "therapist*",
    "therapy", "care", "researcher*", "research", "program", "programs", "programme", "programmes",
    "prevention", "awareness", "doctor*", "chaplain*", "psychologist*", "educator*", "informed",
    "support", "recovery service*", "treatment", "centre", "center", "liaison", "film*", "movie*",
    "drama*", "museum*", "novel*", "water", "tea", "coffee", "milk", "juice", "chocolate",
    "client*", "patient*", "group*", "her exam*", "his exam*", "her test*", "his test*",
    "her driving", "his driving", "her finals", "his finals", "the exam*", "the bar", "of laughter",
    "laughing", "of boredom", "to see", "to know", "and breakfast",
)

# These before a word of the named topics deny it: "I've never been depressed".
NEGATIONS: tuple[str, ...] = (
    "never", "never been", "never had", "never really", "not been", "not had", "haven't had",
    "haven't been", "hasn't been", "don't have", "didn't have", "don't", "do not have",
    "did not have", "not a", "not an", "no", "without any", "isn't", "wasn't", "i'm not", "not",
)
DENIABLE: tuple[str, ...] = (
    "abuse and trauma", "mental illness", "addiction", "suicidality", "serious illness",
    "money trouble",
)

# What the client has just told is the therapist's own too, in the type `similar_challenge`: the
# words before, if they hold a word of a topic, say of what. "Me too." "Mine took two years."
ECHO: tuple[str, ...] = (
    "me too", "same here", "me as well", "so did i", "so was i", "so have i", "so do i", "so am i",
    "been there", "been through", "went through", "in your shoes", "in the same boat", "the same",
    "same thing", "similar", "likewise", "mine", "ours", "i did", "i do", "i was", "happened to me",
    "i had that", "i had it", "had it", "have it", "i had one", "i have one", "i've had",
    "did that", "done that", "had that", "had those", "those", "that was me", "that one",
    "know the feeling", "one of those", "it was", "twice", "once", "myself", "at ours", "i quit",
    "i stopped", "without it", "with it", "on it", "off it", "us too", "neither did i",
    "me neither", "i know that",
)

# --- other_client ---------------------------------------------------------------------------

# One person who can be told from others, in the therapist's care, or something told in confidence.
OTHER_CLIENT: tuple[str, ...] = (
    "a client of mine", "a patient of mine", "a student of mine", "one client of mine",
    "client of mine who", "another client", "another patient", "my last client", "my other client",
    "my client before you", "the client before you", "my next client", "the client after you",
    "i have a client who", "i've got a client who", "i've a client who", "i have a patient who",
    "i've got a patient who", "i'm seeing a client who", "i'm seeing a man who",
    "i'm seeing a woman who", "i see a man who", "i see a woman who", "i see a lady who",
    "i see a gentleman who", "there's a {person} who comes to me", "there's a {person} i see",
    "there's a {person} i work with", "a {person} who comes to me",
    "a {person} who comes to see me", "a {person} on my caseload", "a {person} in my caseload",
    "a {person} in my other group", "a {person} from your school",
    "a {person} from your street", "a {person} from your town", "a {person} you might know",
    "someone you might know", "somebody you might know", "someone you know", "somebody you know",
    "told me in confidence", "told me in private", "told me in session", "told me in her session",
    "told me in his session", "in strict confidence", "i shouldn't have said",
    "i probably shouldn't say", "i shouldn't be telling", "i shouldn't tell you",
    "i'm not supposed to say", "i'm not supposed to tell", "don't tell {person} i",
    "don't say i told you", "you didn't hear it from me", "you didn't hear that from me",
    "he'd kill me if", "she'd kill me if", "made me promise not to", "i also see your",
    "i see your {kin} too", "your {kin} is also my client", "your {kin} comes to me",
    "your {kin} told me", "i used to see your", "i treated your", "i worked with your {kin}",
)

# Before a name: "I worked with Linda on her drinking".
NAMED_CLIENT: tuple[str, ...] = (
    "i worked with", "i've worked with", "i counselled", "i counseled", "i treated", "i supported",
    "a client called", "a client named", "a patient called", "a patient named",
)

# In place of the name: nobody in particular.
NOT_NAMES: tuple[str, ...] = (
    "a", "an", "the", "my", "your", "our", "this", "that", "some", "one", "someone", "somebody",
    "him", "her", "them", "you", "people", "clients", "patients", "each", "every", "any", "many",
    "us",
)

# After a name: words that show that it is one person.
NAMED_CLIENT_AFTER: tuple[str, ...] = (
    "on her", "on his", "for her", "for his", "through her", "through his", "when she", "when he",
    "after her", "after his", "about her", "about his", "she told", "he told",
)

# --- therapist_need -------------------------------------------------------------------------

# Asking the client for sympathy, help or approval.
PLEAS: tuple[str, ...] = (
    "wish me luck", "pray for me", "keep me in your thoughts", "feel sorry for me",
    "what would you do in my", "what should i do", "what do you think i should", "do you think i'm",
    "do you think i was wrong", "do you think i did", "tell me i'm", "tell me i did", "am i a good",
    "am i a bad", "am i doing okay", "am i any good", "did i do the right thing",
    "did i do alright", "don't you think i", "you must think i'm", "please don't think badly",
    "don't think badly of me", "don't think less of me", "don't be angry with me",
    "don't be mad at me", "don't leave me", "i need you to like", "i need your help",
    "i need your support", "i need your advice", "could you help me", "can you help me with my",
    "maybe you can help me", "i could use some advice", "i could use some sympathy",
    "i could do with some", "any advice for me", "any tips for me", "got any tips",
    "it helps me to talk to you", "it helps me talking to you", "you've helped me", "you help me",
    "talking to you helps me", "i feel better talking to you",
    "i look forward to seeing you because", "i needed to tell someone", "i needed to tell somebody",
    "i had to tell someone", "i have nobody to talk to", "i've no one to talk to",
    "i have no one to talk to", "i've nobody to talk to", "nobody listens to me", "no one helps me",
    "i wish somebody would", "i wish someone would", "you're the only one who", "be gentle with me",
    "go easy on me", "bear with me today",
)

# A problem of their own that goes on, said so that nothing more is needed.
UNRESOLVED: tuple[str, ...] = (
    "still struggle", "still struggling", "still fighting", "still battling", "still haven't",
    "still can't cope", "still can't sleep", "still can't face", "still can't talk about",
    "still can't get over", "still can't bring myself", "still can't forgive", "still can't stop",
    "still paying it off", "still paying off my debt*", "i don't sleep much", "i don't sleep well",
    "i don't sleep that well", "hardly sleep at the moment", "still have not", "still don't know",
    "still not over", "still not sure", "still cry", "still crying", "still grieving",
    "still in debt", "still looking for work", "still looking for a job", "still waiting",
    "still working through", "still in the middle of", "still stuck", "still raw",
    "still find it hard", "still find it difficult", "still have trouble", "still suffer",
    "i'm going through", "we're going through", "going through it myself",
    "going through the same thing", "i'm in the middle of", "i'm struggling", "we're struggling",
    "i struggle with that too", "i haven't found", "haven't found what", "haven't cracked",
    "haven't figured", "haven't worked out", "haven't solved", "haven't got over",
    "haven't gotten over", "haven't come to terms", "not over it", "not over him", "not over her",
    "not out of it", "i'm not cured", "can't say i'm cured", "don't know how i'm going to",
    "don't know how to cope", "don't know what to do about", "don't know what to do with",
    "i haven't slept", "i haven't been sleeping", "i can't cope", "i can't sleep",
    "i'm not sleeping", "i can't get over", "i can't afford",
    "i'm at my wits end", "i'm falling apart", "i'm not coping", "i'm having a hard time",
    "i'm having a rough time", "having a hard time myself", "been a terrible week",
    "been an awful week", "been a hard week", "been a rough week", "marriage is ending",
    "marriage is falling apart", "getting divorced at the moment", "we're waiting on a",
    "waiting for results", "waiting on results", "i'm out of work", "i've been out of work",
    "been out of work since", "i'm unemployed", "looking for a job myself",
    "looking for work myself", "looking for work as well", "looking for work too", "hate myself",
    "i feel like a fraud", "can't think about anything else", "no idea how i'm going to",
    "no idea how i'm gonna", "been a rotten week", "i'm not working at the moment",
    "not working either",
)

# Words of the present, and words of trouble: both together are a problem that goes on.
NOW: tuple[str, ...] = (
    "right now", "just now", "at the moment", "currently", "at present", "presently", "these days",
    "nowadays", "lately", "this week", "this month", "as we speak", "even now", "most nights",
    "every night", "today",
)
TROUBLE: tuple[str, ...] = (
    "struggl*", "hard", "difficult", "lonely", "alone", "stress*", "worr*", "nervous", "anxious",
    "anxiety", "scared", "afraid", "terrified", "exhaust*", "awake", "insomnia", "frustrat*",
    "overwhelm*", "sad", "cry", "crying", "depress*", "broke", "debt*", "out of work", "unemployed",
    "ending", "sick", "ill", "pain", "panic*", "angry", "guilt*", "asham*", "stuck", "lost",
    "worse", "awful", "rotten", "rough", "tough", "miserable", "hopeless", "drinking", "fight",
    "fighting", "argu*", "grief", "grieving", "jealous", "dread", "hate", "bad", "burnt out",
    "burned out", "homesick", "hurts",
)

# The present, with the trouble in the same words.
TROUBLE_NOW: tuple[str, ...] = (
    "i struggle", "i worry", "i get nervous", "i get anxious", "i get jealous", "i get scared",
    "i get stressed", "i get lonely", "i get overwhelmed", "i get angry", "i get depressed",
    "i feel guilty", "i feel lonely", "i feel alone", "i feel like a failure", "i feel stuck",
    "i'm worried", "i'm nervous", "i'm anxious", "i'm scared", "i'm afraid of", "i'm terrified",
    "i'm stressed", "i'm exhausted", "i'm depressed", "i'm stuck", "i'm behind on", "i'm in debt",
    "i'm hopeless at", "i hate", "i can't", "i cannot", "i don't know how", "i find it hard",
    "i find it difficult", "i have trouble", "i have a hard time", "i suffer from", "i have panic",
    "i have depression", "i have anxiety", "i dread", "i avoid",
)

# A problem that is over.
RESOLVED: tuple[str, ...] = (
    "used to", "ago", "in the past", "in the end", "eventually", "got better", "got easier",
    "gets better", "got through", "got over", "came through", "no longer", "not any more",
    "not anymore", "anymore", "recovered", "healed", "passed in the end", "been there",
    "when i was", "when i had", "back then", "at the time", "at that time", "in my twenties",
    "in my thirties", "years later", "looking back", "went away", "behind me", "i overcame",
    "i learned to", "i learnt to", "went through", "until i", "long time now", "over time",
)

# Verbs of the past.
PAST: tuple[str, ...] = (
    "was", "were", "had", "did", "didn't", "went", "got", "felt", "lost", "left", "took", "thought",
    "found", "came", "made", "told", "couldn't", "wasn't", "hadn't", "said", "kept", "knew",
    "began", "quit", "stood", "sat", "drank", "cried", "struggled", "stopped", "started", "worried",
    "hated", "lived", "moved", "tried", "hid", "failed", "dropped", "broke", "gave", "spent",
    "ended", "learned", "learnt", "grew", "wanted", "needed", "worked", "suffered", "dreaded",
    "walked", "dealt",
)

# --- permission -----------------------------------------------------------------------------

# Asking the client's leave ...
ASKING: tuple[str, ...] = (
    "can i", "could i", "may i", "might i", "can i just", "do you mind if i", "would you mind if i",
    "would it help if i", "would it help you if i", "would it be of any use if i",
    "would it be all right if i", "would it be useful if i", "it'd be useful if i",
    "it would be useful if i", "it'd help if i", "it would help if i", "would help if i",
    "is it ok if i", "is it okay if i", "is it all right if i", "is it alright if i",
    "is that ok if i", "ok if i", "okay if i", "all right if i", "alright if i",
    "if it's ok with you", "if it's okay with you", "if that's ok with you",
    "if that's okay with you", "if it's ok", "if it's okay", "if that's ok", "if that's okay",
    "if that's all right", "if that's alright", "if it's all right", "if it's alright",
    "if you don't mind", "if you wouldn't mind", "would you like me to", "do you want me to",
    "would you want me to", "shall i", "with your permission", "i wonder if i could",
    "i wonder if i might", "i was wondering if i could", "would you be ok with me",
    "would you be okay with me", "how would you feel if i", "how would it be if i",
    "would it be any help if i", "would it be any use if i", "would it be any use to you if i",
    "would it be ok if i", "would it be okay if i", "would it be alright if i",
    "would it be helpful if i", "would it be any good if i",
)

# ... to tell something.
TELLING: tuple[str, ...] = (
    "share", "tell you", "told you", "say something", "said something", "say how", "said how",
    "said it", "shared", "mention something", "tell a story", "tell a bit", "offer something",
    "talk about myself", "talk a bit about myself", "talked about myself", "speak personally",
    "spoke personally", "be personal", "say a bit about", "say a little about", "speak from my own",
    "disclose",
)

# Leave asked in one: "Do you want to hear how mine went?"
ASKING_TO_HEAR: tuple[str, ...] = (
    "do you want to hear", "would you like to hear", "would you want to hear",
    "would it help to hear", "would it help you to hear", "would it be helpful to hear",
    "would it be useful to hear", "do you want to know how i", "do you want to know what i",
    "would you like to know how i", "would you like to know what i", "would you want to know",
    "happy to share if", "glad to share if", "happy to say more", "glad to say more",
    "happy to tell you if", "glad to tell you if", "happy to answer if",
    "i could tell you from my own", "something i could tell you from my",
    "i could tell you about my own", "can i get personal", "can i be personal", "may i be personal",
    "can i be honest about myself", "do you really want me to answer",
    "you really want me to answer",
)

# What there is to tell is the therapist's own ...
SELF_MATTER: tuple[str, ...] = (
    "i", "me", "my", "mine", "myself", "own", "ours", "personal", "something", "a thought",
    "from my side", "a story", "we did", "disclose",
)

# ... and not knowledge, papers or records. These words soon after TELLING say it is.
NOT_ABOUT_SELF: tuple[str, ...] = (
    "information", "info", "facts", "fact sheet", "leaflet", "handout", "result", "results",
    "number", "numbers", "option", "options", "guideline", "guidelines", "research", "statistic",
    "statistics", "data", "resource", "resources", "link", "website", "app", "psychiatrist",
    "doctor", "records", "notes", "screen", "chart", "feedback", "concerns", "strategy",
    "strategies", "suggestion", "suggestions", "advice", "recommendation", "recommendations",
    "what we know", "what the", "about the program", "about how these", "your", "document",
    "worksheet", "page", "thinking", "i think", "plan",
)

# --- is_unresolved --------------------------------------------------------------------------

# It goes on, whatever was said of the past.
STILL: tuple[str, ...] = (
    "i still", "i'm still", "we still", "we're still", "it still", "still do", "still can't",
    "still cannot", "still get",
)

# Taken out before looking: said of tastes and small things, no problem of one's own.
TRIVIAL: tuple[str, ...] = (
    "i can't stand", "i can't wait", "i can't help it", "i can't say", "i can't tell you",
    "i can't cook", "i can't swim", "i can't dance", "i can't sing", "i can't draw",
    "i can't complain", "i can't remember", "i can't recall", "i can't recommend", "i can't abide",
    "i can't spell", "i can't play", "i can't imagine", "i can't believe", "i cannot stand",
    "i cannot wait", "i cannot abide", "i hate to say", "i hate to admit", "i'm afraid i",
    "i still remember", "i still have", "i still use", "i still keep", "i still think",
    "i still laugh", "i still love", "i still like", "i still go", "i still do it", "i still see",
    "i still work", "i still teach", "i still read", "still can't stand",
)
