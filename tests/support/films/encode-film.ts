import '@napi-rs/webcodecs/polyfill'
import { writeFile } from 'node:fs/promises'
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  MpegTsOutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny'
import type { FilmOptions } from './film.ts'

// Run by film.ts: writes a real film to the path given. Its top left quarter is red, the top right one green, the
// bottom left one blue, the bottom right one white.

const formats = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'mp4 with its contents behind': () => new Mp4OutputFormat({ fastStart: false }),
  'mp4 in fragments': () => new Mp4OutputFormat({ fastStart: 'fragmented' }),
  mov: () => new MovOutputFormat(),
  webm: () => new WebMOutputFormat(),
  mkv: () => new MkvOutputFormat(),
  ts: () => new MpegTsOutputFormat(),
}

const [path, json] = process.argv.slice(2) as [string, string]
const options = JSON.parse(json) as Required<FilmOptions>
const target = new BufferTarget()
const output = new Output({ format: formats[options.container](), target })

async function main() {
  const { codec, rotation, frames, fps, hasEmptySound, hasSound } = options
  const video = new VideoSampleSource({ codec, bitrate: 400_000, keyFrameInterval: 2 })
  output.addVideoTrack(video, { frameRate: fps, rotation })
  const sounds = [hasSound, hasEmptySound].filter(Boolean).map(() => {
    const codec = ['webm', 'mkv'].includes(options.container) ? 'opus' : 'aac'
    const sound = new AudioSampleSource({ codec, bitrate: 64_000 })
    output.addAudioTrack(sound)
    return sound
  })
  await output.start()
  for (let index = 0; index < frames; index++) {
    const sample = frame(index, fps)
    await video.add(sample)
    sample.close()
  }
  if (hasSound) await addSound(sounds[0]!, frames / fps)
  for (const sound of sounds) sound.close()
  await output.finalize()
  await writeFile(path, new Uint8Array(target.buffer!))
}

async function addSound(sound: AudioSampleSource, seconds: number) {
  const { sampleRate, hasTone } = options
  const data = new Float32Array(Math.round(seconds * sampleRate))
  if (hasTone)
    for (let at = 0; at < data.length; at++)
      data[at] = at % sampleRate < sampleRate / 2 ? Math.sin(at / 16) / 2 : 0
  const init = { data, format: 'f32', numberOfChannels: 1, sampleRate, timestamp: 0 } as const
  const sample = new AudioSample(init)
  await sound.add(sample)
  sample.close()
}

const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const

type Colour = readonly [number, number, number]

/** One row of pixels, each of the colour of its column. */
function rowOf(colourAt: (x: number) => Colour) {
  const row = new Uint8Array(options.width * 4)
  for (let x = 0; x < options.width; x++) row.set(colourAt(x), x * 4)
  return row
}

/** The number of a frame, its highest bit on the left. */
const numberRow = (index: number) =>
  rowOf((x) => {
    const bit = 7 - Math.floor((x * 8) / options.width)
    return (index >> bit) & 1 ? [255, 255, 255] : [0, 0, 0]
  })

const [above, below] = [0, 2].map((left) =>
  rowOf((x) => colours[left + (x >= options.width / 2 ? 1 : 0)]!),
) as [Uint8Array, Uint8Array]

function frame(index: number, fps: number) {
  const { width, height, isNumbered } = options
  const pixels = new Uint8Array(width * height * 4)
  const number = numberRow(index)
  for (let y = 0; y < height; y++) {
    const hasNumber = isNumbered && y / height >= 0.4 && y / height < 0.6
    pixels.set(hasNumber ? number : y >= height / 2 ? below : above, y * width * 4)
  }
  const size = { codedWidth: width, codedHeight: height }
  const [timestamp, duration] = [index / fps, 1 / fps]
  const colorSpace = {
    primaries: 'bt709',
    transfer: 'bt709',
    matrix: 'bt709',
    fullRange: false,
  } as const
  return new VideoSample(pixels, { format: 'RGBX', ...size, timestamp, duration, colorSpace })
}

await main()
