import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { processWide } from '../../process-wide.ts'

const run = promisify(execFile)

export interface Bounds {
  /** Of the whole process: its heap, its decoders and what Node itself reserves (about 1.2 GB, most of it never used). */
  memoryMegabytes: number
  heapMegabytes: number
  cpuSeconds: number
  timeoutMs: number
  signal?: AbortSignal
}

// The process inherits nothing that is secret: what it reads comes from outside. The compile cache saves it two fifths
// of its processor time.
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'NODE_COMPILE_CACHE',
]
const leanFlags = ['--disable-wasm-trap-handler', '--v8-pool-size=1']

export type BoundedRun = (
  script: string,
  args: string[],
  bounds: Bounds,
) => Promise<{ stdout: string; stderr: string }>

/** Where scripts run. Tests put in its place what remembers the pictures and films that it has looked at before. */
export const boundedRun = 'bounded run'

/**
 * Runs one of the scripts of this folder in a process whose memory, processor time and duration are bounded by the
 * platform, where it can (a shell with `ulimit`), besides Node's own bound of its heap. Rejects as `execFile` does.
 */
export function runBounded(script: string, args: string[], bounds: Bounds) {
  return processWide<BoundedRun>(boundedRun, () => runInProcess)(script, args, bounds)
}

/** The same, and always in a process. */
export function runInProcess(script: string, args: string[], bounds: Bounds) {
  // Not import.meta.url: inside Next's bundle that is not where the source lies. The product runs in its own folder.
  const path = join(process.cwd(), 'lib', 'assets', 'inspect', script)
  const heap = `--max-old-space-size=${bounds.heapMegabytes}`
  const [command, ...rest] = bounded([process.execPath, ...leanFlags, heap, path, ...args], bounds)
  return run(command!, rest, {
    timeout: bounds.timeoutMs,
    killSignal: 'SIGKILL',
    signal: bounds.signal,
    env: environment(),
  })
}

/** A limit that the system does not know is passed over; the others hold. */
function bounded(command: string[], { memoryMegabytes, cpuSeconds }: Bounds) {
  if (process.platform === 'win32') return command
  const limits = { c: 0, t: cpuSeconds, v: memoryMegabytes * 1024 }
  const lines = Object.entries(limits).map(
    ([name, value]) => `ulimit -${name} ${value} 2>/dev/null`,
  )
  return ['/bin/sh', '-c', `${lines.join('; ')}; exec "$0" "$@"`, ...command]
}

function environment(): NodeJS.ProcessEnv {
  const own = inherited.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  // An arena and a thread for every core would be counted as memory in use.
  const lean = { MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: '2' }
  return { ...Object.fromEntries(own), ...lean, NODE_ENV: 'production' }
}
