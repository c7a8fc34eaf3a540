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

/** The word that is met first in the prompt decides. */
export const timeWords: Record<TimeOfDay, string> = {
  dawn: `dawn sunrise* morning* daybreak рассвет* утр~ утренн~ восход* заря зари зарей зарю заре`,
  day: `day daytime daylight noon midday sunny afternoon день дн~ днем дневн~ полдень полдн~ солнечн~`,
  sunset: `sunset* dusk evening* twilight закат* вечер* сумерк* сумереч*`,
  night: `night nights nighttime nightfall midnight moonlit moonlight* moon starry stars
    ноч~ ночн~ полноч* лун~ лунн~ звездн~ звезд~`,
}

/** `zoom-in` stands for a zoom of either way: `outWords` beside it turn it around. */
export const cameraWords: Record<CameraMove, string> = {
  static: `static still fixed locked tripod motionless статич* неподвижн* штатив*`,
  pan: `pan pans panning panorama* panoramic tracking панорам* пролет* проезд~ скольз*`,
  'zoom-in': `zoom zooms zooming dolly приближ* наезд* зум*`,
  'zoom-out': `отдал* удаля* удален* отъезд*`,
  orbit: `orbit orbits orbiting orbital rotat* circling revolv* вращ* облет* орбит*`,
}

export const outWords = `out away back backwards назад`

/** Words after which the next two do not want what they name. */
export const negatingWords = `no not without never без нет не никак~`

/** Words that mean something else together than alone, and the one that says so. */
export const phrases: [RegExp, string][] = [
  [/northern lights|southern lights/g, 'aurora'],
  [/golden hour/g, 'sunset'],
  [/milky way/g, 'galaxy'],
  [/млечн\S+ пут\S+/g, 'галактика'],
  [/outer space/g, 'cosmos'],
]
