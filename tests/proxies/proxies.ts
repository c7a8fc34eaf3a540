import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'
import { isGoneWithin, signal } from '../e2e/helpers/servers/processes.ts'

interface Kind {
  /** Its program under the names it has. */
  programs: string[]
  versionArgs: string[]
  /** The whole configuration around what the docs print, and how to run it in the foreground. */
  whole(config: string, folder: string): string
  args(path: string, folder: string): string[]
}

const kinds: Record<string, Kind> = {
  nginx: {
    programs: ['nginx', '/usr/sbin/nginx'],
    versionArgs: ['-v'],
    whole: (config, folder) =>
      [
        'daemon off;',
        process.getuid?.() === 0 ? 'user root;' : '',
        `pid ${folder}/pid; error_log ${folder}/error.log;`,
        'events {}',
        'http { include /etc/nginx/mime.types; access_log off;',
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (name) => `${name}_temp_path ${folder}/${name};`,
        ),
        config,
        '}',
      ].join('\n'),
    args: (path, folder) => ['-c', path, '-e', `${folder}/error.log`],
  },
  Caddy: {
    programs: ['caddy'],
    versionArgs: ['version'],
    whole: (config, folder) =>
      `{\n\tadmin off\n\tauto_https off\n\tstorage file_system ${folder}\n}\n${config}`,
    args: (path) => ['run', '--adapter', 'caddyfile', '--config', path],
  },
  Apache: {
    programs: ['apache2', 'httpd', '/usr/sbin/apache2', '/usr/sbin/httpd'],
    versionArgs: ['-v'],
    whole: (config, folder) =>
      [
        `ServerRoot "${folder}"`,
        'ServerName localhost',
        `PidFile ${folder}/pid`,
        `ErrorLog ${folder}/error.log`,
        `Mutex file:${folder} default`,
        'User www-data',
        'Group www-data',
        ...apacheModules.map((name) => `LoadModule ${name}_module ${apacheFolder}/mod_${name}.so`),
        config.replace(/<VirtualHost (.*)>/, 'Listen $1\n<VirtualHost $1>'),
      ].join('\n'),
    args: (path) => ['-f', path, '-DFOREGROUND'],
  },
}
// Where Debian has them.
const apacheFolder = '/usr/lib/apache2/modules'
const apacheModules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http', 'cache', 'cache_disk']

export interface Installed {
  name: string
  program: string
  version: string
}

/** The proxies on this machine; for one that is not, a line says so. */
export function installedProxies(say: (line: string) => void): Installed[] {
  return Object.entries(kinds).flatMap(([name, { programs, versionArgs }]) => {
    for (const program of programs) {
      const { status, stdout, stderr } = spawnSync(program, versionArgs, { encoding: 'utf8' })
      const version = /\d+\.\d+[.\d]*/.exec(stdout + stderr)?.[0]
      const isWhole = name !== 'Apache' || existsSync(apacheFolder)
      if (status === 0 && version && isWhole) return [{ name, program, version }]
    }
    say(`skipped: ${name} is not installed`)
    return []
  })
}

/** A proxy in front of a server, in a process and a folder of its own. */
export class RunningProxy {
  readonly url: string
  private readonly child: ChildProcess
  private readonly folder: string

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url
    this.child = child
    this.folder = folder
  }

  /** Starts it with a documented configuration; only addresses are put in place of the printed ones. */
  static async start({ name, program }: Installed, printed: string, behind: string) {
    const folder = await mkdtemp(join(tmpdir(), 'photofinish-proxy-'))
    await mkdir(join(folder, 'cache'))
    for (const path of [folder, join(folder, 'cache')]) await chmod(path, 0o777)
    const port = await freePort()
    const config = printed
      .replaceAll('127.0.0.1:3000', new URL(behind).host)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('<VirtualHost *:80>', `<VirtualHost 127.0.0.1:${port}>`)
      .replace(/^\w+\.example\.com \{/m, `http://:${port} {\n\tbind 127.0.0.1`)
      .replaceAll('FOLDER', folder)
    const path = join(folder, 'config')
    await writeFile(path, kinds[name]!.whole(config, folder))
    const child = spawn(program, kinds[name]!.args(path, folder), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    })
    process.once('exit', () => child.kill('SIGTERM'))
    const proxy = new RunningProxy(`http://127.0.0.1:${port}`, child, folder)
    await proxy.ready()
    return proxy
  }

  private async ready() {
    let words = ''
    this.child.stderr!.on('data', (chunk) => (words = (words + chunk).slice(-2_000)))
    this.child.stdout!.resume()
    const ended = once(this.child, 'exit').then(() => true)
    for (let left = 100; left > 0; left--) {
      const hasEnded = await Promise.race([ended, sleep(100, false)])
      if (hasEnded) throw new Error(`the proxy ended: ${words}`)
      if (await fetch(this.url, { redirect: 'manual' }).catch(() => undefined)) return
    }
    throw new Error(`the proxy does not answer: ${words}`)
  }

  async stop() {
    const { pid } = this.child
    if (pid) {
      signal(pid, 'SIGTERM')
      if (!(await isGoneWithin(pid, 10_000))) signal(pid, 'SIGKILL')
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
