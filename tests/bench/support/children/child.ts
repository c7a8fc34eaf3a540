import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Question } from '../answer.ts'

export interface ChildOptions {
  nodeArguments?: string[]
  environment?: Record<string, string>
  /** `pipe` to read what it prints. */
  output?: 'pipe' | 'inherit' | 'ignore'
}

const patienceMs = 60_000
const endMs = 6_000

/** A process of the bench that is asked by name and ended by its id, whatever happens to the benchmark. */
export class Child implements AsyncDisposable {
  readonly process: ChildProcess
  private readonly waiting = new Map<number, (answer: Answer) => void>()
  private asked = 0

  /** @param script the path from the project's root. */
  constructor(
    script: string,
    { nodeArguments = [], environment, output = 'inherit' }: ChildOptions = {},
  ) {
    this.process = fork(join(process.cwd(), script), [], {
      execArgv: nodeArguments,
      env: { ...process.env, ...environment },
      serialization: 'advanced',
      stdio: ['ignore', output, 'inherit', 'ipc'],
    })
    this.process.on('message', (message: Answer) => this.waiting.get(message.id)?.(message))
    this.process.once('exit', (code, signal) => {
      for (const [id, hear] of this.waiting)
        hear({ id, error: `${script} ended with ${signal ?? code}` })
    })
  }

  /** Asks the process, and waits for its answer a minute at most. */
  async ask<Output>(name: string, input?: unknown): Promise<Output> {
    const id = ++this.asked
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.waiting.set(id, resolve)
    const timer = setTimeout(() => resolve({ id, error: `${name}: no answer in time` }), patienceMs)
    this.process.send({ id, name, input } satisfies Question)
    const answer = await promise
    clearTimeout(timer)
    this.waiting.delete(id)
    if ('error' in answer) throw new Error(answer.error)
    return answer.output as Output
  }

  async [Symbol.asyncDispose]() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const ended = once(this.process, 'exit')
    this.process.kill('SIGTERM')
    await Promise.race([ended, sleep(endMs, undefined, { ref: false })])
    if (this.process.exitCode === null) this.process.kill('SIGKILL')
  }
}
