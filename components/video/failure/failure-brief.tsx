'use client'

import { EllipsisIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { copyText } from '#components/ui/copy-text.ts'
import { leaveTo } from '#components/ui/overlay/back-closes.ts'
import type { MenuItem } from '#components/ui/overlay/menu'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { useFormat, useSay } from '#lib/messages/use-say'
import { RetryButton } from '../actions/retry-button.tsx'
import { wasTaken } from './attempt-label.ts'
import { billingPath, failureDetails } from './failure-help.ts'
import type { FailureNoticeProps } from './failure-notice.tsx'

/** What to do after a failure, as one button and a menu. */
export function FailureBrief(props: FailureNoticeProps) {
  const { view, price, onRetry } = props
  const t = useTranslations('failure')
  const waysOn = useWaysOn()
  return (
    <>
      <RetryButton price={price} isQuiet onClick={() => onRetry(view.id)} />
      <MenuButton label={t('more')} items={waysOn(props)}>
        <EllipsisIcon />
      </MenuButton>
    </>
  )
}

/** Makes the menu of what to do besides a plain retry. */
function useWaysOn() {
  const t = useTranslations()
  const say = useSay()
  const { usd: inMoney } = useFormat()
  const router = useRouter()
  return ({ view, offers = [], onRetryWith, onCheck }: FailureNoticeProps): MenuItem[] => {
    const billing = billingPath(view)
    const details = failureDetails(view)
    return [
      ...offers.map(({ id, label, usd }) => ({
        label: t('failure.retryWith', { model: say(label) }),
        aside: inMoney(usd),
        onSelect: () => onRetryWith?.(view.id, id),
      })),
      ...(wasTaken(view)
        ? [{ label: t('card.action.askProvider'), onSelect: () => void onCheck(view.id) }]
        : []),
      ...(billing
        ? [{ label: t('failure.billing'), onSelect: () => leaveTo(billing, router) }]
        : []),
      { label: t('failure.copyDetails'), onSelect: () => void copyText(details) },
    ]
  }
}
