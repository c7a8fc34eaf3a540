import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const prepare = join(import.meta.dirname, 'prepare.mjs')
// What an install or a build is to a start: a long-running program; it prints its process id.
const program = `import { run } from ${JSON.stringify(prepare)}
const long = 'process.stdout.write(process.pid + "\\\\n"); setInterval(() => {}, 1000)'
await run(process.execPath, ['-e', long]).catch(() => process.exit(1))`

async function start() {
  const args = ['--input-type=module', '-e', program]
  const starter = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(starter.stdout, 'data')
  return { starter, pid: Number(String(line)) }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('P6: what a start runs to its end', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('P6: ends with it on %s', async (signal) => {
    const { starter, pid } = await start()
    starter.kill(signal)
    await once(starter, 'close')
    expect(starter.exitCode).toBe(1)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('the options of Node', () => {
  const options = `import { environment } from ${JSON.stringify(prepare)}
process.stdout.write(environment().NODE_OPTIONS)`
  const load = `const { pgTable } = await import(process.argv[1])
process.stdout.write(typeof pgTable)`
  const node = async (program: string, given: string, ...args: string[]) => {
    const env = { ...process.env, NODE_OPTIONS: given }
    const run = promisify(execFile)
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', program, ...args],
      {
        env,
      },
    )
    return stdout
  }

  it('are the operator’s and ours, which is there once', async () => {
    const both = await node(options, '--max-old-space-size=512')
    expect(both).toMatch(/^--max-old-space-size=512 --import=file:\S+quick-imports\.mjs$/)
    expect(await node(options, both)).toBe(both)
    expect(await node(options, '')).toBe(both.split(' ')[1])
  })

  it('load the same', async () => {
    const ours = await node(options, '')
    const drizzle = import.meta.resolve('drizzle-orm/pg-core')
    expect(await node(load, ours, drizzle)).toBe('function')
    expect(await node(load, '', drizzle)).toBe('function')
  })
})
