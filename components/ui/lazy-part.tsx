import { type ComponentType, createElement, lazy, Suspense } from 'react'

/**
 * A part of a page whose code is loaded when it is first drawn; nothing is drawn until it is there. Next's own
 * `dynamic` would weigh 1.5 KB on the first load, most of it for parts that are drawn on the server.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Part = lazy(async () => ({ default: await load() }))
  return function LazyPart(props: Props) {
    return <Suspense>{createElement(Part, props)}</Suspense>
  }
}
