import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

// Runs on the machine's own Node (20 or newer), before anything is installed: nothing but Node's own modules here.

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const installStamp = join(root, 'node_modules', '.photofinish-install')
const buildStamp = join(root, '.next', 'photofinish-build')

/** The Node the product runs on: version 24, from the registry, whatever the machine's own is. */
export const node = join(bin, 'node')

/** Where Node keeps what it compiled: a server, or a process that inspects a video, then starts at half the CPU time. */
export const compileCache = join(root, 'node_modules', '.cache', 'photofinish', 'compiled')

export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Ends the process once what it said is written: npm may have its pipe take lines later, and an exit would lose them. */
export function endWith(code) {
  process.stdout.write('', () => process.exit(code))
}

/** Runs a program to its end, with our Node first in the path. Rejects where it fails. It ends with us. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      ...options,
      env: environment(options.env),
    })
    const forget = [passOnSignals(child), endWithNpm(() => child.kill('SIGTERM'))]
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const one of forget) one()
      if (code === 0) return resolve()
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`))
    })
  })
}

/**
 * Hands on what asks us to end; answers how to stop doing so. The terminal sends Ctrl+C to both of us; a service
 * manager sends SIGTERM to us alone, or to both.
 */
export function passOnSignals(child) {
  const passOn = (signal) => signal !== 'SIGINT' && child.kill('SIGTERM')
  for (const signal of signals) process.on(signal, passOn)
  return () => {
    for (const signal of signals) process.off(signal, passOn)
  }
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']

/**
 * Calls back once npm is gone; answers how to stop looking. npm's shell does not pass signals on: with it gone we have
 * another parent, and no signal reaches us.
 */
export function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    end()
  }, 500)
  look.unref()
  return () => clearInterval(look)
}

/** Runs a program to its end and returns its output, for those that run side by side. */
export function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment() })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part) => (text += part))
    child.once('error', reject)
    child.once('close', (code) => resolve({ isGreen: code === 0, text }))
  })
}

export function environment(more = {}) {
  const path = `${bin}${delimiter}${process.env.PATH ?? ''}`
  const ours = { NEXT_TELEMETRY_DISABLED: '1', NODE_COMPILE_CACHE: compileCache }
  return { ...ours, ...process.env, NODE_OPTIONS: nodeOptions(), ...more, PATH: path }
}

const quickImports = `--import=${pathToFileURL(join(root, 'scripts', 'quick-imports.mjs')).href}`

/** The operator's options of Node, and ours. */
export function nodeOptions() {
  const given = process.env.NODE_OPTIONS ?? ''
  return given.includes(quickImports) ? given : `${given} ${quickImports}`.trim()
}

/**
 * Installs what the lockfile names, unless that was done already. `install` and not `ci`: the lockfile holds the
 * native packages of the platforms its registry had, and `ci` refuses it where a parent names one more.
 */
export async function install() {
  const wanted = hashOf([join(root, 'package.json'), join(root, 'package-lock.json')])
  if (existsSync(node) && read(installStamp) === wanted) return
  say('Installing packages from the lockfile')
  const npm = process.env.npm_execpath
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  // A `node_modules/.bin` of an earlier install must not be the Node that replaces it.
  if (npm) await run(process.execPath, [npm, ...args])
  else await run('npm', args)
  writeFileSync(installStamp, wanted)
}

/** The options that have Node read the operator's file of variables, where there is one. */
export function envFile() {
  const path = join(root, '.env')
  return existsSync(path) ? [`--env-file=${path}`] : []
}

/** `BASE_PATH` as the product reads it, from the environment or `.env`. Rejects with the rule where it breaks it. */
async function basePath() {
  const rule = JSON.stringify(pathToFileURL(join(root, 'lib/contract/calls/base-path.ts')))
  const script = `const { readBasePath, basePathRule } = await import(${rule})
    const path = readBasePath(process.env.BASE_PATH)
    process.stdout.write(JSON.stringify({ path, rule: basePathRule }))`
  const args = [...envFile(), '--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(node, args, { cwd: root, env: environment() })
  const read = JSON.parse(stdout)
  if (read.path === undefined) throw new Error(`BASE_PATH: ${read.rule}`)
  return read.path
}

/**
 * Builds the pages, unless nothing they are made of has changed, the base path included: the operator's, unless another
 * one is given. Returns it.
 */
export async function build(given) {
  const path = given ?? (await basePath())
  const sources = ['app', 'components', 'lib', 'public'].flatMap((folder) =>
    filesUnder(join(root, folder)),
  )
  const configs = ['package-lock.json', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json']
  const wanted = hashOf([...sources, ...configs.map((name) => join(root, name))]) + path
  if (read(buildStamp) === wanted) return path
  say('Building the pages')
  await run(node, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    // The same sources are the same build, on whatever machine they are built.
    env: {
      NODE_ENV: 'production',
      BASE_PATH: path,
      PHOTOFINISH_BUILD: wanted.slice(0, 20),
      // Its own processes are given options by Next, which reads them in its own way.
      NODE_OPTIONS: process.env.NODE_OPTIONS,
    },
  })
  writeFileSync(buildStamp, wanted)
  return path
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/\.test\.tsx?$/.test(path))
    .toSorted()
}

function hashOf(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const path of paths)
    if (existsSync(path)) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
