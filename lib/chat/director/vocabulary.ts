import type { ChatRatio } from '#lib/contract/chat-tools'
import type { VideoResolution } from '#lib/contract/model-view'

// What the director knows of English and Russian, as data. Entries are pieces of regular expressions, matched at word
// borders and whatever their case; `*` stands for any ending, as Russian has so many of them.

/** Entries of a text: one after another between commas and ends of lines. */
function list(text: string): string[] {
  return text
    .split(/[,\n]/u)
    .map((entry) => entry.trim())
    .filter(Boolean)
}

/** What a video is called. */
export const videoNouns = list(`
  videos?, clips?, films?, movies?, shots?, reels?, animations?, one
  видео, видос*, видик*, ролик*, клип*, фильм*, мульт*, анимаци*
`)

/** What an image is called that a user has attached. */
export const imageNouns = list(`
  pictures?, images?, photos?, photographs?, pics?, screenshots?
  картинк*, картинок, изображени*, фото, фотк*, фоток, фотографи*, снимк*, снимок
`)
/** What an image is called that is to be made. */
export const stillNouns = list(`
  pictures?, images?, photos?, photographs?, pics?, drawings?, illustrations?, paintings?, stills?
  картинк*, картинок, изображени*, фото, фотк*, фотографи*, рисун*к*, иллюстраци*
`)
/** Verbs that ask for a picture, whatever it is called. */
export const drawVerbs = ['draw', 'paint', 'sketch', 'illustrate', 'нарисуй*', 'изобрази*']

/** What precedes it where a certain one is meant. */
export const pointers = list(`
  this, that, the, my, these, those, attached, uploaded
  эт(?:а|у|ой|о|ого|и|их|им), мо(?:я|ю|ей|ё|е|и|их|его), прикрепл[её]нн*, загруженн*, приложенн*
`)
export const pointersAtMany = ['these', 'those', 'эти', 'этих']
export const manyWords = list(`
  all, both, each, every, всех, все, обе, обеих, кажд*
`)
export const sameWords = list(`
  same, т(?:а|у|ой|о|от|ого) же(?: сам*)?
`)
/** What follows it where it came with an earlier message. */
export const earlierWords = list(`
  from (?:before|earlier|above), above, i (?:just )?(?:sent|attached|uploaded|gave you|showed you)
  из (?:прошлого|предыдущего|первого) сообщения, выше
  котор* я (?:присла*|присыла*|прикреп*|загру*|отправ*|скину*|скидыва*)
`)
export const animateVerbs = ['animate', 'оживи*', 'анимируй*']
/** Verbs that are about an image where one follows, and those that are only where a certain one does. */
export const takeVerbs = ['use', 'take', 'turn', 'convert', 'используй*', 'возьми*', 'преврати*']
export const startVerbs = ['make', 'start', 'begin', 'начни*', 'сделай*']

/** What is a format anywhere in a text. */
export const ratioWords: Record<ChatRatio, string[]> = {
  portrait: list(`
  vertical(?:ly)?, portrait, 9 ?[:x] ?16, tiktok, instagram stor(?:y|ies)
  вертикальн*, портретн*, сторис, рилс*, шортс*, тикток*
`),
  landscape: list(`
  horizontal(?:ly)?, 16 ?[:x] ?9, wide-?screen, wider, landscape format
  горизонтальн*, широкоэкранн*, пошире, шире, альбомн*
`),
  square: ['1\\s?[:x]\\s?1', 'square format', 'квадратн*'],
}

/** What is a format only beside the word for a video or where nothing else is said: a square may be Red Square. */
export const doubtfulRatioWords: Record<ChatRatio, string[]> = {
  portrait: ['tall', 'taller', 'narrow', 'narrower', 'узк*', 'поуже'],
  landscape: ['landscape', 'wide', 'широк*'],
  square: ['square', 'квадрат*'],
}

export const resolutionWords: Record<VideoResolution, string[]> = {
  '480p': ['480p?', 'sd'],
  '720p': ['720p?', 'hd'],
  '1080p': ['1080p?', 'full ?hd', 'fhd'],
}

export const secondWords = ['s', 'secs?', 'seconds?', 'с', 'сек', 'секунд*', 'секундн*']
export const longerWords = list(`
  longer, lengthen, extend, stretch
  длиннее, подлиннее, дольше, подольше, удлини*, продли*
`)
export const shorterWords = [
  'shorter',
  'shorten',
  'trim',
  'короче',
  'покороче',
  'укороти*',
  'сократи*',
]

export const numberWords: Record<number, string[]> = {
  1: ['one', 'один', 'одну', 'одно'],
  2: ['two', 'two more', 'couple of', 'два', 'две', 'пару'],
  3: ['three', 'три'],
  4: ['four', 'четыре'],
  5: ['five', 'пять', 'пяти'],
  6: ['six', 'шесть', 'шести'],
  7: ['seven', 'семь', 'семи'],
  8: ['eight', 'восемь', 'восьми'],
  9: ['nine', 'девять', 'девяти'],
  10: ['ten', 'десять', 'десяти'],
}

export const ordinalWords: Record<number, string[]> = {
  1: ['first', '1st', 'перв(?:ое|ый|ая|ого|ую|ому|ой)'],
  2: ['second', '2nd', 'втор(?:ое|ой|ая|ого|ую|ому)'],
  3: ['third', '3rd', 'трет(?:ье|ий|ья|ьего|ью|ьему|ьей)'],
  4: ['fourth', '4th', 'четв[её]рт(?:ое|ый|ая|ого|ую|ому|ой)'],
  5: ['fifth', '5th', 'пят(?:ое|ый|ая|ого|ую|ому|ой)'],
  6: ['sixth', '6th', 'шест(?:ое|ой|ая|ого|ую|ому)'],
  7: ['seventh', '7th', 'седьм(?:ое|ой|ая|ого|ую|ому)'],
  8: ['eighth', '8th', 'восьм(?:ое|ой|ая|ого|ую|ому)'],
  9: ['ninth', '9th', 'девят(?:ое|ый|ая|ого|ую|ому|ой)'],
  10: ['tenth', '10th', 'десят(?:ое|ый|ая|ого|ую|ому|ой)'],
}
export const lastWords = ['last', 'latest', 'newest', 'most recent', 'последн*', 'недавн*', 'свеж*']
export const previousWords = ['previous', 'one before', 'предыдущ*', 'прошл*', 'предпоследн*']

/** Words for a video that was spoken of just now. */
export const pronouns = list(`
  it, its, this, this one, that one, the same, same, the video, the clip
  его, её, ее, это, этот, эту, этого, то же(?: самое)?, тот же
`)

export const makeVerbs = list(`
  make, create, generate, produce, film, shoot, draw, paint, sketch, illustrate, animate, render
  give me, i(?:'d| would) like, i want, i need, do, show me, show
  сделай*, создай*, сгенерируй*, сними*, нарисуй*, изобрази*, придумай*, дай*
  хочу, хотел* бы, нужн*, покажи*, сваргань*, запили*
`)
export const changeVerbs = list(`
  change, turn, convert, edit, redo, remake, rework, adjust, update
  replace, swap, add, remove, crop, rotate, flip
  измени*, поменяй*, замени*, преврати*, переделай*, добавь*, убери*
  поверни*, разверни*, исправь*, обрежь*
`)
export const changeOpeners = list(`
  now, but, instead, then, same, the same, and now, only, just
  теперь, а теперь, но, только, то же, тоже самое, такое же, вместо
`)
export const varyWords = list(`
  variations?, variants?, vary, again, once more, another (?:one|take|version|try)
  one more, more like (?:this|that|it), different (?:one|version|take), retry
  вариаци*, вариант*, ещ[её] (?:раз|один|одно|одну), снова, повтори*, заново
  друг(?:ой|ую|ое) (?:вариант|версию|дубль), ещ[её]
`)
export const cancelVerbs = list(`
  cancel, stop, abort, kill, don'?t make, never mind
  отмени*, останови*, прекрати*, стоп, не надо, отмена, отставить
`)
export const showVerbs = list(`
  show me, show, open, play, display, see, watch
  покажи*, открой*, включи*, проиграй*, посмотреть
`)
/** Verbs that never ask for something to be made. */
export const openVerbs = ['open', 'play', 'watch', 'открой*', 'включи*', 'проиграй*']
export const listPhrases = list(`
  list, my (?:videos|library|films|clips), all (?:my |the )?(?:videos|films|clips)
  (?:what|which) (?:videos|films|clips), what (?:have|did) (?:we|i|you) (?:made|make|got)
  how many, library, history, status, how (?:is it|are they) going, is it ready
  список, библиотек*, все (?:мои )?(?:видео|ролики|клипы), мои (?:видео|ролики|клипы)
  какие (?:есть )?(?:видео|ролики|клипы), что мы сделали, что я сделал*
  сколько (?:видео|роликов)
  история, как дела с, готов[оа]?, статус
`)
export const libraryWords = list(`
  library, all my, ever, everything, библиотек*, все мои, вообще, history, история
`)
export const whoPhrases = list(`
  who are you, what are you, what(?:'s| is) your name, what can you do, help
  are you (?:an? )?(?:ai|bot|robot|human|person|llm|gpt|model|machine|real)
  which (?:ai|model|llm) (?:are|do) you, how do you work
  кто ты, ты кто, что ты (?:такое|умеешь|можешь), ты умеешь, как тебя зовут, помощь
  помоги
  ты (?:ии|бот|робот|человек|нейросеть|модель|машина|живой), как ты работаешь
`)
export const greetings = list(`
  hi, hello, hey, good (?:morning|evening|afternoon|day), yo
  привет*, здравствуй*, добр(?:ый|ое|ого) (?:день|утро|вечер|дня), хай, салют
`)
export const thanks = list(`
  thanks?, thank you, thx, great, nice, cool, perfect, ok, okay, good, awesome
  спасибо, благодарю, отлично, супер, класс, круто, хорошо, ок, ладно
`)

/** Politeness and filling that say nothing about the picture. */
export const fillers = list(`
  please, pls, could you, can you, would you, will you, let(?:'s| us), hey, so
  hi, hello, kindly, for me, ok, okay, now, well
  пожалуйста, плиз, давай*, можешь, можно, мне, ну, привет, а, теперь
`)

/** What a scene can have only one of. A new one takes the place of the old, where that is a mere attribute. */
export const moments: Record<'time' | 'weather' | 'season' | 'style', { attributes: string[] }> = {
  time: {
    attributes: list(`
  (?:at|by) (?:night|day|dusk|dawn|noon|midnight|sunset|sunrise|twilight)
  in the (?:morning|evening|afternoon|dark|daylight|daytime), night(?:time)?
  during the day
  at golden hour, at blue hour, in daylight, sunset, sunrise, daytime
  ночью, дн[её]м, утром, вечером, на (?:закате|рассвете)
  в (?:сумерках|сумерки|полночь|полдень)
  ночн(?:ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми), вечерн*, утренн*, дневн*, закатн*
`),
  },
  weather: {
    attributes: list(`
  in (?:the )?(?:rain|snow|fog|mist|storm|sun|sunshine|wind), rainy, snowy, foggy, misty
  stormy, sunny, windy, cloudy, under (?:the )?(?:rain|snow|clouds), when it rains
  под (?:дожд[её]м|снегом|солнцем), в (?:тумане|туман|грозу|бурю|дождь|снегопад|метель)
  дождлив*, снежн*, туманн*, солнечн*, пасмурн*, ветрен*
`),
  },
  season: {
    attributes: list(`
  in (?:the )?(?:summer|winter|spring|autumn|fall), wintry, autumnal
  летом, зимой, весной, осенью, зимн*, летн*, осенн*, весенн*
`),
  },
  style: {
    attributes: list(`
  
  in (?:the style of )?(?:anime|watercolou?r|noir|pixel art|claymation|oil paint)(?: style)?
  
  (?:anime|cartoon|noir|watercolou?r|pixel art|realistic|photorealistic|claymation) style
  in black and white, black and white, в стиле [а-яё]+, ч[её]рно-бел(?:ое|ый|ая|ом|ого)
  акварелью, мультяшн*, реалистичн*
`),
  },
}

// Lists that are made on the fly are forgotten with them.
const known = new WeakMap<readonly string[], RegExp>()

/**
 * Vocabulary as one pattern: any of its entries, at word borders. `\b` knows Latin letters only, so the borders are
 * spelled out.
 */
function wordPattern(entries: readonly string[]): RegExp {
  const pattern = known.get(entries) ?? compile(entries)
  known.set(entries, pattern)
  return pattern
}

/** Whether a text has one of the entries. */
export function hasWord(text: string, entries: readonly string[]) {
  return wordPattern(entries).test(text)
}

/** Whether a text is nothing but one of the entries, save for punctuation. */
export function isOnly(text: string, entries: readonly string[]) {
  return without(text, entries).replaceAll(/[^\p{L}\p{N}]/gu, '') === ''
}

/** A text that has lost every one of the entries. */
export function without(text: string, entries: readonly string[]) {
  return text.replaceAll(new RegExp(wordPattern(entries), 'giu'), ' ')
}

/** A text that has lost what was found in it. */
export function withoutMatch(text: string, { index, 0: found }: RegExpExecArray) {
  return `${text.slice(0, index)} ${text.slice(index + found.length)}`
}

/** Entries as a piece of a pattern, the longest first. */
export function anyOf(entries: readonly string[]) {
  const longestFirst = entries.toSorted((a, b) => b.length - a.length)
  return `(?:${longestFirst.map((entry) => entry.replaceAll(/(?<=\p{L})\*/gu, String.raw`\p{L}*`)).join('|')})`
}

/** A pattern between word borders. */
export function bordered(pattern: string, flags = 'iu') {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`, flags)
}

function compile(entries: readonly string[]) {
  return bordered(anyOf(entries))
}
