import '@napi-rs/webcodecs/polyfill'
import { writeFile } from 'node:fs/promises'
import { BufferTarget, Mp4OutputFormat, Output, VideoSample, VideoSampleSource } from 'mediabunny'

// Run by tiny-mp4.ts: writes a real one-second MP4 of the width and height given to the path given.

const [path, width, height] = process.argv.slice(2) as [string, string, string]
const codedWidth = Number(width)
const codedHeight = Number(height)
const frames = 10

const target = new BufferTarget()
const output = new Output({
  format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
  target,
})
const source = new VideoSampleSource({ codec: 'avc', bitrate: 100_000 })
output.addVideoTrack(source, { frameRate: frames })
await output.start()
for (let index = 0; index < frames; index++) {
  const pixels = new Uint8Array(codedWidth * codedHeight * 4).fill(index * 25)
  const sample = new VideoSample(pixels, {
    format: 'RGBX',
    codedWidth,
    codedHeight,
    timestamp: index / frames,
    duration: 1 / frames,
  })
  await source.add(sample)
  sample.close()
}
await output.finalize()
await writeFile(path, new Uint8Array(target.buffer!))
