import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react'

/**
 * A part of a page whose code is loaded when it is first drawn; until it is there, its place is
 * empty, or has what is given to keep it. Next's own
 * `dynamic` would weigh 1.5 KB on the first load, most of it for parts that are drawn on the server.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
) {
  const Part = lazy(async () => ({ default: await load() }))
  return function LazyPart(props: Props) {
    return <Suspense fallback={meanwhile}>{createElement(Part, props)}</Suspense>
  }
}
