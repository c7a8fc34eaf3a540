'use client'

import { EllipsisIcon, UserIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { useRef, useState } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import { useAccount } from '#lib/ai/api/people/use-account'
import type { AccountView } from '#lib/contract/people/account'
import { PageLink } from '../page-link.tsx'
import { signInFor } from './return-to.ts'

const AccountMenu = dynamic(() => import('./account-menu.tsx').then((file) => file.AccountMenu))

/**
 * The account in the header: a menu, and for a visitor a link to the sign-in. Without anything to sign in to it is the
 * menu of phones, with what the header has no room for. The menu's code is loaded when it is first opened.
 */
export function AccountButton({ account }: { account: AccountView | undefined }) {
  const t = useTranslations('header')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState<boolean>()
  const path = usePathname()
  const user = account?.user
  const label = user ? t('account', { name: user.name }) : t(account ? 'accountMenu' : 'more')
  return (
    <>
      {account && !user && (
        <PageLink
          href={signInFor(path)}
          className={buttonStyle({ size: 'small', className: 'max-sm:hidden' })}
        >
          {t('signIn')}
        </PageLink>
      )}
      {account?.active.kind === 'organization' && (
        <span dir="auto" className="max-w-36 truncate text-sm text-soft max-md:sr-only">
          {account.active.name}
        </span>
      )}
      <Button
        ref={anchor}
        size="icon"
        variant="quiet"
        title={label}
        aria-haspopup="menu"
        aria-expanded={!!isOpen}
        className={user ? undefined : 'sm:hidden'}
        onClick={() => setIsOpen(!isOpen)}
      >
        {user ? <Initials name={user.name} /> : account ? <UserIcon /> : <EllipsisIcon />}
        <span className="sr-only">{label}</span>
      </Button>
      {isOpen !== undefined && (
        <AccountMenu
          label={label}
          account={account}
          path={path}
          anchor={anchor}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}

const initialsStyle =
  'grid size-7 place-items-center rounded-full border border-edge text-tiny font-medium text-ink uppercase'

/** Whether there is something to sign in to, or out of; the account where it is so. */
export function useHeaderAccount() {
  const account = useAccount()
  if (!account) return undefined
  const { user, access, needsSetup } = account
  return user || access === 'members' || !needsSetup ? account : undefined
}

/** The first letters of the first two words. */
function Initials({ name }: { name: string }) {
  const words = name.trim().split(/\s+/).slice(0, 2)
  return (
    <span className={initialsStyle}>
      {words.map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32)).join('')}
    </span>
  )
}
