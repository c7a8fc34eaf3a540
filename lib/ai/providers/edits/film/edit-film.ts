import { cropRatios, type Part, partAround } from '#lib/contract/edit/crop-part'
import type { EditOrder } from '#lib/contract/generation'
import { createPainter, decodeFrames, evenSize, type Size } from './draw-frames.ts'
import { canBeCopied, haveSameDecoder } from './same-decoder.ts'
import type { SoundPart } from './encode-sound.ts'
import { framesBetween, rateOf, type SourceFilm } from './source-film.ts'
import type { NewFilm, Pictures } from './write-film.ts'

type FilmOrder = Exclude<EditOrder, { operation: 'frame' | 'animation' }>

/** What a film is made of that comes of an edit. The sources stay as they are. */
export async function editFilm(order: FilmOrder, films: SourceFilm[]): Promise<NewFilm> {
  const film = films[0]!
  switch (order.operation) {
    case 'trim':
      return trim(film, order)
    case 'crop':
      return crop(film, order)
    case 'mute':
      return { pictures: await oneAfterTheOther([film]), sound: [] }
    case 'loop':
      return join(Array.from({ length: order.times }, () => film))
    default:
      return order.continued ? goOn(films) : join(films)
  }
}

/** Exact to the frame: what comes before a key frame is decoded, and not carried along hidden. */
function trim(film: SourceFilm, { from, to }: { from: number; to: number }): NewFilm {
  const span = framesBetween(film, from, to)
  const pictures = drawn([{ film, ...span }], evenSize(film))
  const begin = film.zero + film.starts[span.first]!
  return { pictures, sound: [{ audio: film.audio, from: begin, seconds: pictures.seconds }] }
}

function crop(film: SourceFilm, order: Extract<EditOrder, { operation: 'crop' }>): NewFilm {
  const part = partAround(film, cropRatios[order.aspectRatio], order.focus)
  const pictures = drawn([{ film, first: 0, after: film.starts.length, part }], evenSize(part))
  return { pictures, sound: [wholeSound(film)] }
}

async function join(films: SourceFilm[]): Promise<NewFilm> {
  return { pictures: await oneAfterTheOther(films), sound: films.map(wholeSound) }
}

/** Each film begins with the last frame of the one before it: that is shown, and heard, once. */
function goOn(films: SourceFilm[]): NewFilm {
  const cuts = films.map((film, place) => {
    const first = place > 0 && film.starts.length > 1 ? 1 : 0
    return { film, first, after: film.starts.length }
  })
  const sound = cuts.map(({ film, first }) => {
    const left = film.starts[first]!
    return { audio: film.audio, from: film.zero + left, seconds: film.seconds - left }
  })
  return { pictures: drawn(cuts, evenSize(films[0]!)), sound }
}

function wholeSound({ audio, zero, seconds }: SourceFilm): SoundPart {
  return { audio, from: zero, seconds }
}

/** By packets where one decoder can go on through all of them, else drawn in the first one's size. */
async function oneAfterTheOther(films: SourceFilm[]): Promise<Pictures> {
  const isCopied = (await canBeCopied(films[0]!)) && (await haveSameDecoder(films))
  if (!isCopied) return drawn(films.map(whole), evenSize(films[0]!))
  let at = 0
  const packetsOf = films.map(({ video, zero, starts, seconds }) => {
    const part = { video, zero, at, packets: starts.length }
    at += seconds
    return part
  })
  return { packetsOf, seconds: at }
}

interface Cut {
  film: SourceFilm
  first: number
  after: number
  part?: Part
}

function whole(film: SourceFilm): Cut {
  return { film, first: 0, after: film.starts.length }
}

/** Frames of several films as one, each shown as long as in its own. */
function drawn(cuts: Cut[], size: Size) {
  const starts: number[] = []
  let seconds = 0
  for (const { film, first, after } of cuts) {
    const begin = film.starts[first]!
    for (const start of film.starts.slice(first, after)) starts.push(seconds + start - begin)
    seconds += (film.starts[after] ?? film.seconds) - begin
  }
  const frames = paintAll(cuts, size)
  return {
    ...size,
    seconds,
    framesPerSecond: rateOf({ starts, seconds }),
    frameCount: starts.length,
    startOf: (index: number) => starts[index] ?? seconds,
    drawFrame: async () => (await frames.next()).value!,
  }
}

async function* paintAll(cuts: Cut[], size: Size): AsyncGenerator<Uint8Array, undefined> {
  for (const { film, first, after, part } of cuts) {
    const painter = createPainter(film, size, part)
    const indexes = Array.from({ length: after - first }, (_, place) => first + place)
    for await (const sample of decodeFrames(film, indexes)) {
      await painter.paint(sample)
      yield painter.canvas.data()
    }
  }
  return undefined
}
