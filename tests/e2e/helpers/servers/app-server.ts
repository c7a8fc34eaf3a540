import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { checkBooks } from './check-books.ts'
import { makeDataFolder, removeDataFolder } from './data-folder.ts'
import { freePort } from '../../../support/free-port.ts'
import { isGoneWithin, signal } from './processes.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const readyLine = /^Photofinish is ready: (http:\/\/\S+)$/m
const startMs = 150_000
const stopMs = 10_000

/** What a fixture that starts a server is given for it and for its end. */
export const serverMs = 2 * startMs

interface AppServerOptions {
  /** Default: a new one, as a first start leaves it behind. */
  dataFolder?: string
  /** Environment variables besides its own. */
  variables?: Record<string, string>
  /** Whether its local provider draws the films, as users get them. Default: it puts tiny ones away. */
  drawsFilms?: boolean
}

/** The built product in a process of its own, on a data directory of its own. */
export class AppServer {
  readonly dataFolder: string
  private readonly variables: Record<string, string>
  private readonly script: string
  private child: ChildProcess | undefined
  private address: string | undefined
  /** All it has printed since it was last started. */
  output = ''

  private constructor(dataFolder: string, port: number, options: AppServerOptions) {
    const { variables, drawsFilms } = options
    this.dataFolder = dataFolder
    // The keys that tests set are those of emulators: visitors may use them.
    this.variables = { PORT: String(port), ACCESS: 'open', ...variables }
    this.script = drawsFilms ? 'server.ts' : 'tests/e2e/tiny-films/server.ts'
  }

  /** Starts a server. Rejects with its words where it ends instead. */
  static async start(options: AppServerOptions = {}) {
    const server = new AppServer(
      options.dataFolder ?? (await makeDataFolder()),
      await freePort(),
      options,
    )
    await server.run()
    return server
  }

  get url() {
    if (!this.address) throw new Error('the server was never ready')
    return this.address
  }

  /** Sends a signal and waits for the end; answers how many milliseconds that took. */
  async kill(name: NodeJS.Signals) {
    const child = this.child
    if (!child?.pid) throw new Error('the server does not run')
    const sentAt = performance.now()
    signal(child.pid, name)
    if (!(await isGoneWithin(child.pid, startMs))) throw new Error(`alive long after ${name}`)
    this.child = undefined
    return performance.now() - sentAt
  }

  /** Starts it again after a kill: same data, same port, and these variables from now on. */
  async restart(variables: Record<string, string> = {}) {
    Object.assign(this.variables, variables)
    await this.run()
  }

  /** As where the terminal was closed, or the reader of its pipe has ended. */
  leaveUnread() {
    this.child?.stdout?.destroy()
    this.child?.stderr?.destroy()
  }

  /** Ends it and everything it has started, and removes its data. Rejects where its ledger does not fit. */
  async dispose() {
    try {
      // Those of a database of the test's own are its matter.
      if (!this.variables.DATABASE_URL) await checkBooks(this.dataFolder)
    } finally {
      await this.end()
    }
  }

  private async end() {
    const pid = this.child?.pid
    if (pid) {
      signal(pid, 'SIGTERM')
      if (!(await isGoneWithin(pid, stopMs))) signal(pid, 'SIGKILL')
    }
    await removeDataFolder(this.dataFolder)
  }

  private async run() {
    const child = spawn(process.execPath, [this.script], {
      cwd: root,
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    // Should this process be ended in the middle of a test, its server must not live on.
    const killWithUs = () => child.kill('SIGKILL')
    process.once('exit', killWithUs)
    child.once('exit', () => process.off('exit', killWithUs))
    this.output = ''
    this.address = await this.ready(child)
  }

  private async ready(child: ChildProcess) {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const hear = (chunk: Buffer) => {
      this.output += chunk
      const line = readyLine.exec(this.output)
      if (line) resolve(line[1]!)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void once(child, 'close').then(() => reject(new Error(this.output.trim())))
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${this.output}`)), startMs)
    return promise.finally(() => clearTimeout(timer))
  }

  private environment() {
    const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_OPTIONS } = process.env
    return {
      PATH,
      HOME,
      TMPDIR,
      NODE_ENV: 'production' as const,
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_COMPILE_CACHE,
      NODE_OPTIONS,
      LOG_LEVEL: 'warn',
      RENDER_NICENESS: '0',
      DATA_DIR: this.dataFolder,
      ...this.variables,
    }
  }
}
