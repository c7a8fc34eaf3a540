import compile from 'icu-minify/compile'

/** Compiles the messages of a language in the build, so that pages need no parser of them. */
export default function compileMessages(/** @type {string} */ source) {
  const compiled = (/** @type {string} */ _, /** @type {unknown} */ value) =>
    typeof value === 'string' ? compile(value) : value
  return JSON.stringify(JSON.parse(source, compiled))
}
