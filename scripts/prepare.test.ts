import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
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
