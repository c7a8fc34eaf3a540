import type { CameraMove, SceneElement, TimeOfDay } from './scene-plan.ts'

/**
 * Words by meaning, English and Russian. `word` stands for itself, `stem*` for everything that begins so, and
 * `stem~` for the stem with a Russian ending of case, number or gender: `гор~` is горы and горами, but not город.
 */
export const elementWords: Record<SceneElement, string> = {
  abstract: `abstract* gradient* fractal* ribbon ribbons psychedelic* geometric*
    абстрак* градиент* фрактал* психодел*`,
  space: `space outer cosmos cosmic galaxy galaxies galactic planet planets planetary nebula* universe
    asteroid* interstellar spaceship* starship* astronaut* saturn jupiter mars
    космос* космич* космон* галакт* планет* туманност* вселенн* астероид* межзвезд* звездолет* сатурн~ юпитер~ марс~`,
  aurora: `aurora auroras borealis сияни* полярн*`,
  clouds: `cloud clouds cloudy overcast облак* облач* тучи туч~ пасмурн*`,
  mountains: `mountain* peak peaks alps alpine cliff cliffs ridge ridges summit* hill hills everest himalaya* canyon*
    гор~ горн~ вершин~ альп* скал~ скалист~ хребет хребт* холм* утес* эверест~ гималаи гимала* каньон*`,
  desert: `desert deserts dune dunes sahara sand sands sandy oasis
    пустын* дюн~ бархан* песок песк~ песчан~ оазис*`,
  ocean: `ocean oceans oceanic sea seas seaside seashore seascape wave waves surf beach beaches coast coastal coastline
    shore shores lagoon* lake lakes bay tide tides
    океан* мор~ морск~ волн~ пляж* побереж* берег~ берега прибо* залив~ озер~ озерн~ лагун~`,
  city: `city cities cityscape* town towns urban street streets skyline* downtown metropolis megacity skyscraper*
    building buildings cyberpunk tokyo manhattan york london paris
    город* улиц* мегаполис* небоскреб* здани* киберпанк* токио москв* нью-йорк* лондон~ париж~`,
  forest: `forest forests wood woods woodland* tree trees pine pines fir firs spruce* jungle* grove* taiga
    лес~ лесн~ чащ~ рощ~ тайг~ таежн~ дерево дерева дереву деревом дереве деревья деревьев деревьям* деревьях
    сосн~ соснов~ елк~ ель ели елей елям* елях елов~ джунгл*`,
  fog: `fog foggy mist mists misty haze hazy туман~ туманн~ дымк~ мгла мгл~`,
  rain: `rain rains rainy raining rainfall rainstorm* drizzl* downpour* storm storms stormy thunderstorm*
    дожд* ливень ливн~ морос* гроз~ грозов~ шторм* ненаст*`,
  snow: `snow snows snowy snowing snowfall* snowflake* snowstorm* blizzard* winter* frost* frozen
    снег* снеж* заснеж* метел* вьюг* пург* зим~ зимн~ снегопад* мороз~ морозн~`,
}

/** The first of these words in the prompt decides. */
export const timeWords: Record<TimeOfDay, string> = {
  dawn: `dawn sunrise* morning* daybreak рассвет* утр~ утренн~ восход* заря зари зарей зарю заре`,
  day: `day daytime daylight noon midday sunny afternoon день дн~ днем дневн~ полдень полдн~ солнечн~`,
  sunset: `sunset* dusk evening* twilight закат* вечер* сумерк* сумереч*`,
  night: `night nights nighttime nightfall midnight moonlit moonlight* moon starry stars
    ноч~ ночн~ полноч* лун~ лунн~ звездн~ звезд~`,
}

/** `zoom-in` matches a zoom in either direction; `outWords` reverse it. */
export const cameraWords: Record<CameraMove, string> = {
  static: `static still fixed locked tripod motionless статич* неподвижн* штатив*`,
  pan: `pan pans panning panorama* panoramic tracking панорам* пролет* проезд~ скольз*`,
  'zoom-in': `zoom zooms zooming dolly приближ* наезд* зум*`,
  'zoom-out': `отдал* удаля* удален* отъезд*`,
  orbit: `orbit orbits orbiting orbital rotat* circling revolv* вращ* облет* орбит*`,
}

export const outWords = `out away back backwards назад`

/** Words that exclude what the next two words name. */
export const negatingWords = `no not without never без нет не никак~`

/** Phrases whose meaning differs from that of their words, and the word that replaces each. */
export const phrases: [RegExp, string][] = [
  [/northern lights|southern lights/g, 'aurora'],
  [/golden hour/g, 'sunset'],
  [/milky way/g, 'galaxy'],
  [/млечн\S+ пут\S+/g, 'галактика'],
  [/outer space/g, 'cosmos'],
]

/** Colour words, English and Russian, in the notation of the vocabulary, and the tint each one gives. */
export const colorWords: Record<string, string> = {
  '#e0312f': `red scarlet crimson ruby красн~ ал~ багров* багрян* рубинов*`,
  '#f5832a': `orange amber copper оранжев* янтарн* медн~ рыж~`,
  '#f7d038': `yellow желт~`,
  '#f2b632': `gold golden золот~ золотист*`,
  '#3fae5a': `green зелен~ зелен*`,
  '#12a87b': `emerald jade изумруд* нефрит*`,
  '#1fb8b0': `teal turquoise бирюз*`,
  '#25c4e8': `cyan aqua циан*`,
  '#5aa9f5': `azure лазур* голуб~`,
  '#2f6fe4': `blue син~`,
  '#24348f': `navy indigo индиго`,
  '#8440d6': `purple violet фиолет* пурпур*`,
  '#b48ae8': `lilac lavender mauve сирен* лилов* лаванд*`,
  '#e23fb0': `magenta fuchsia neon маджент* фукси* неонов*`,
  '#f584ab': `pink rose розов*`,
  '#8a5a3a': `brown sepia коричнев* сепи*`,
  '#eef1f5': `white ivory бел~ белоснежн*`,
  '#14161c': `black черн~`,
  '#9aa3ad': `grey gray silver monochrome сер~ серебр* монохром*`,
}

/** The endings of Russian nouns and adjectives, all cases, numbers and genders. */
const endings =
  `а я о е ы и у ю ь ой ей ом ем ою ею ью ам ям ами ями ах ях ов ев ий ый ая яя ое ее ие ые
  ого его ому ему ую юю ым им ых их ыми ими`
    .trim()
    .split(/\s+/)
const inflected = new Set(['', ...endings])

/**
 * A test for the words of one meaning, in the notation of the vocabulary. Expects words as `wordsOf` returns them.
 */
export function createWordMatcher(notation: string): (word: string) => boolean {
  const exact = new Set<string>()
  const prefixes: string[] = []
  const stems: string[] = []
  for (const entry of notation.trim().split(/\s+/)) {
    if (entry.endsWith('*')) prefixes.push(entry.slice(0, -1))
    else if (entry.endsWith('~')) stems.push(entry.slice(0, -1))
    else exact.add(entry)
  }
  return (word) =>
    exact.has(word) ||
    prefixes.some((prefix) => word.startsWith(prefix)) ||
    stems.some((stem) => word.startsWith(stem) && inflected.has(word.slice(stem.length)))
}

/** The words of a text, in lower case; `ё` is `е`, since much Russian text is written without it. */
export function wordsOf(text: string): string[] {
  let plain = text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')
  for (const [phrase, word] of phrases) plain = plain.replace(phrase, word)
  return plain.match(/\p{L}[\p{L}\p{M}-]*/gu) ?? []
}
