import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { getLocale } from 'next-intl/server'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { InputMethodGuard } from '#components/ui/input-method'
import { ThemeScript } from '#components/ui/theme'
import { Toaster } from '#components/ui/toast/toaster'
import { withBasePath } from '#lib/contract/calls/base-path'
import { FilesMissing } from './guards/files-missing.tsx'
import { PageGuards } from './guards/page-guards.tsx'
import { AllWords, Language } from './language/language.tsx'
import { wordsOfStudio } from './people/people-words.tsx'
import './globals.css'

// Previews need whole addresses: without a public one there is nothing to preview.
const publicUrl = process.env.PUBLIC_URL?.replace(/\/+$/, '')

/** Titles and descriptions are drawn by the page itself, in its language of the moment. */
export const metadata: Metadata = {
  referrer: 'same-origin',
  manifest: withBasePath('/manifest.webmanifest'),
  appleWebApp: { title: 'Photofinish', statusBarStyle: 'black-translucent' },
  icons: { apple: withBasePath('/icons/apple-touch-icon.png') },
  ...(publicUrl && {
    metadataBase: new URL(publicUrl),
    openGraph: { siteName: 'Photofinish', images: [`${publicUrl}/social.png`] },
  }),
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f5f1' },
    { media: '(prefers-color-scheme: dark)', color: '#0e0e10' },
  ],
}

/** Reading the nonce makes every page one that is rendered for its request: a page made at build time could have none. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme script sets `data-theme` before React arrives, hence the suppressed warning.
    <html
      lang={locale}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body>
        <Language locale={locale} messages={await wordsOfStudio()}>
          <FilesMissing />
          <InputMethodGuard />
          {children}
          <PageGuards />
          <CardBoundary className="sr-only">
            <AllWords>
              <Toaster />
            </AllWords>
          </CardBoundary>
        </Language>
      </body>
    </html>
  )
}
