/** A question to a process of the bench, and what comes back. */
export interface Question {
  id: number
  name: string
  input: unknown
}
export type Answer = { id: number; output: unknown } | { id: number; error: string }

type Answers = Record<string, (input: never) => unknown>

/** Answers the questions of the process that started this one; `memory`, `residentBytes` and `cpuMicros` are answered by every process. */
export function answer(answers: Answers) {
  const known: Answers = { memory, residentBytes, cpuMicros, ...answers }
  // The bench was ended: no process is left that could end this one.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.on('message', ({ id, name, input }: Question) => {
    const reply = (message: Answer) => process.send?.(message)
    Promise.resolve()
      .then(() => known[name]!(input as never))
      .then(
        (output) => reply({ id, output }),
        (error: unknown) => reply({ id, error: String(error) }),
      )
  })
}

/** What it has worked so far, whichever others share the machine with it. */
function cpuMicros() {
  const { user, system } = process.cpuUsage()
  return user + system
}

export interface Memory {
  /** What the process takes of the machine. */
  residentBytes: number
  /** What is alive in it: the heap and its buffers. */
  liveBytes: number
}

/** Without garbage collection, which would be work of its own while something else is timed. */
const residentBytes = () => process.memoryUsage.rss()

/** After garbage collection (needs `--expose-gc`). */
function memory(): Memory {
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { residentBytes: rss, liveBytes: heapUsed + arrayBuffers }
}
