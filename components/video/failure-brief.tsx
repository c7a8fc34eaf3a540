'use client'

import { EllipsisIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { wasTaken } from './attempt-words.ts'
import { billingPath } from './billing-path.ts'
import { failureDetails } from './failure-details.ts'
import type { FailureNoticeProps } from './failure-notice.tsx'
import { formatUsd } from './format-figures.ts'
import { MenuButton } from './menu-button.tsx'
import type { MenuItem } from './menu-item.ts'
import { RetryButton } from './retry-button.tsx'

/** The ways on after a failure where there is room for one button and a menu only. */
export function FailureBrief(props: FailureNoticeProps) {
  const { view, price, onRetry } = props
  const router = useRouter()
  return (
    <>
      <RetryButton price={price} isQuiet onClick={() => onRetry(view.id)} />
      <MenuButton label="More ways on" items={waysOn(props, router.push)}>
        <EllipsisIcon />
      </MenuButton>
    </>
  )
}

function waysOn(
  { view, offers = [], onRetryWith, onCheck }: FailureNoticeProps,
  goTo: (path: string) => void,
): MenuItem[] {
  const billing = billingPath(view)
  const details = failureDetails(view)
  return [
    ...offers.map(({ id, label, usd }) => ({
      label: `Retry with ${label}`,
      aside: formatUsd(usd),
      onSelect: () => onRetryWith?.(view.id, id),
    })),
    ...(wasTaken(view)
      ? [{ label: 'Ask the provider again', onSelect: () => void onCheck(view.id) }]
      : []),
    ...(billing ? [{ label: 'Providers and billing', onSelect: () => goTo(billing) }] : []),
    { label: 'Copy details', onSelect: () => void navigator.clipboard?.writeText(details) },
  ]
}
