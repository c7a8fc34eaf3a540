import { join } from 'node:path'

/** How a child is started. Tests replace it with a misbehaving one. */
export interface ChildCommand {
  execPath: string
  /** The child's script, run directly by Node 24. */
  scriptPath: string
  /** For V8. `--expose-gc` lets the encoder free pixels at once: 250 MB at 1080p instead of 400 MB. */
  nodeArguments: string[]
  environment: NodeJS.ProcessEnv
}

/**
 * Frames are a few megabytes each, and by default glibc maps and unmaps every one of them. Kept on one heap,
 * reading a 720p frame back takes 0.5 ms instead of 9 ms. Other C libraries ignore the four variables.
 */
const oneHeap = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '1073741824',
  MALLOC_TRIM_THRESHOLD_: '33554432',
  MALLOC_TOP_PAD_: '16777216',
}

/** The environment variables a child inherits. Keys of other providers are not among them. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'NODE_COMPILE_CACHE',
  'RENDER_NICENESS',
] as const

/** Runs one of the project's scripts, its path given from the project's root. */
export function defaultChildCommand(scriptInProject: string): ChildCommand {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...oneHeap }
  for (const name of inherited) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return {
    execPath: process.execPath,
    // Relative to the project's root: inside a bundle `import.meta.url` does not point at the source.
    scriptPath: join(/* turbopackIgnore: true */ process.cwd(), scriptInProject),
    nodeArguments: ['--max-old-space-size=192', '--expose-gc'],
    environment,
  }
}
