import type { ComponentType } from 'react'
import { lazyPart } from '#components/ui/lazy-part'

/**
 * A button of the header whose code is loaded for one who can have something behind it. Its place is kept meanwhile, so
 * that its neighbors stay where they are; where the code does not come, it is left out.
 */
export function headerPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazyPart<Props>(
    () => load().catch(() => () => null),
    <span aria-hidden="true" className="size-8 max-[30rem]:-mx-0.5 touch:size-11" />,
  )
}
