import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, say } from './prepare.mjs'

// Finds the Chromium the browser tests run in, or installs one. Nothing but Node's own modules here.

// The headless shell comes first: without the windows it never shows it takes a fifth less of the processor.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
]
const linuxPlaces = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]
const macApps = ['Google Chrome', 'Chromium', 'Google Chrome for Testing']
const cachedPrograms = [
  ['chrome-linux', 'chrome'],
  ['chrome-linux64', 'chrome'],
  ...['chrome-mac', 'chrome-mac-arm64', 'chrome-mac-x64'].flatMap((folder) =>
    macApps.map((app) => [folder, `${app}.app`, 'Contents', 'MacOS', app]),
  ),
]
const advice =
  'No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium), ' +
  'or set CHROMIUM_PATH to the program.'

/** The path of a Chromium that runs, or undefined. `CHROMIUM_PATH` is taken at its word. */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  // Playwright's own comes last: some builds of it cannot play H.264.
  return [...inPath(), ...linuxPlaces, ...inApplications(), ...inCache()].find(runs)
}

/** The path of a Chromium, installing one where there is none. Throws a sentence that says what to do. */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  for (const install of [installFromDebian, installFromPlaywright]) {
    install()
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(advice)
}

function installFromDebian() {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (
    !existsSync('/etc/debian_version') ||
    (asRoot.length > 0 && !succeeds('sudo', ['-n', 'true']))
  )
    return
  say('Installing Chromium from the distribution')
  const aptGet = (...args) => {
    const [command, ...rest] = [
      ...asRoot,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...args,
    ]
    return succeeds(command, rest, 'inherit')
  }
  if (!aptGet('update', '-qq')) return
  const install = (name) => aptGet('install', '-y', '-qq', '--no-install-recommends', name)
  // Ubuntu has no such package.
  if (!install('chromium-headless-shell')) install('chromium')
}

function installFromPlaywright() {
  say('Installing Chromium through Playwright')
  succeeds('npx', ['playwright', 'install', 'chromium'], 'inherit')
}

function inPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function inApplications() {
  if (process.platform !== 'darwin') return []
  const folders = ['/Applications', join(homedir(), 'Applications')]
  const program = (folder, app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)
  return macApps.flatMap((app) => folders.map((folder) => program(folder, app)))
}

function inCache() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    join(
      homedir(),
      ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']),
      'ms-playwright',
    )
  if (!existsSync(cache)) return []
  const versions = readdirSync(cache).filter((name) => name.startsWith('chromium-'))
  return versions
    .toSorted((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
    .flatMap((version) => cachedPrograms.map((program) => join(cache, version, ...program)))
}

/** Asked for its version and not only looked at: Ubuntu's chromium-browser is a note that says where to get one. */
function runs(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return !isSnapNote(path) && succeeds(path, ['--version'])
}

function isSnapNote(path) {
  return (
    path.endsWith('chromium-browser') &&
    readFileSync(path).subarray(0, 4_096).includes('snap install')
  )
}

function succeeds(command, args, stdio = 'ignore') {
  return (
    spawnSync(command, args, { cwd: root, stdio, timeout: stdio === 'ignore' ? 20_000 : 600_000 })
      .status === 0
  )
}

const isMain = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href
if (isMain) say(ensureChromium())
