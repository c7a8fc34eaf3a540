import pino from 'pino'

/**
 * An error as the log shows it, with its causes, and without the values of a failed query: tokens and prompts are
 * among them. What is no error is left as it is.
 */
export function errorWithoutValues(error: unknown): unknown {
  return error instanceof Error ? cleaned(pino.stdSerializers.errWithCause(error)) : error
}

// A query's values stand in the error of the query builder, a row's in the database's own; that of a lost connection holds
// the connection, with all it was made with.
const withValues = new Set(['params', 'detail', 'where', 'raw', 'client'])

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  const { message, stack } = value as { message?: unknown; stack?: unknown }
  const told = Object.entries(value).filter(([name]) => !withValues.has(name))
  const parts = told.map(([name, part]) => [name, nested.has(name) ? cleaned(part) : part])
  return {
    ...Object.fromEntries(parts),
    ...(typeof message === 'string' && { message: cut(message) }),
    ...(typeof message === 'string' &&
      typeof stack === 'string' && { stack: cut(stack.replace(message, () => cut(message))) }),
  }
}

const nested = new Set(['cause', 'aggregateErrors'])

function cut(text: string) {
  return text.split('\nparams:', 1)[0]!
}
