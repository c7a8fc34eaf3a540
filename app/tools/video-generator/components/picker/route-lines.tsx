import { clsx } from 'clsx'
import type { RouteView } from '#lib/contract/model-view'
import { rateWords } from '../rate-words.ts'

/** Who makes a model and for how much; of those that cannot right now, why. */
export function RouteLines({ routes }: { routes: readonly RouteView[] }) {
  return (
    <ul className="space-y-0.5">
      {routes.map(({ provider, providerLabel, isEnabled, unavailableReason, price }) => (
        <li key={provider} className="flex gap-2 text-soft">
          <span
            aria-hidden="true"
            className={clsx(dotStyle, isEnabled ? 'bg-ink' : 'border border-edge')}
          />
          <span className="min-w-0">
            <span className={isEnabled ? 'text-ink' : undefined}>{providerLabel}</span>{' '}
            {isEnabled ? rateWords(price) : `is off. ${unavailableReason ?? ''}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

const dotStyle = 'mt-[0.3125rem] size-1.5 shrink-0 rounded-full'
