import * as modules from 'node:module'

// Loaded before everything else by each process of ours (`nodeOptions` in prepare.mjs). For every file of a package Node
// asks of which type it is, and for every import of the package what its package.json exports, and reads that file
// again: that of drizzle-orm is 180 KB, for each of some hundred files, which is half of what it takes to start. Its files
// are all modules, name each other by their file, and are found at one place from everywhere.

const folder = '/node_modules/drizzle-orm/'
const name = /^drizzle-orm(\/|$)/
const found = new Map()

// The machine's own Node may be too old; it has nothing to load quickly.
modules.registerHooks?.({
  resolve(specifier, context, next) {
    if (name.test(specifier)) return foundOnce(specifier, context, next)
    const from = context.parentURL ?? ''
    const isWithin = from.includes(folder) && specifier.startsWith('.')
    if (!isWithin || !from.endsWith('.js') || !specifier.endsWith('.js'))
      return next(specifier, context)
    return { url: new URL(specifier, from).href, format: 'module', shortCircuit: true }
  },
})

/** Modules and what is required are different files of it. */
function foundOnce(specifier, context, next) {
  const key = `${specifier} ${context.conditions}`
  const known = found.get(key) ?? next(specifier, context)
  found.set(key, known)
  return { ...known, shortCircuit: true }
}
