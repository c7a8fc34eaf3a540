'use client'

import { Button } from '#components/ui/button'
import { MessagePage } from './message-page.tsx'

/** The page failed to draw; the videos under way are not touched by that. */
export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage code="500" title="This page stumbled">
      <p>Videos that were started go on; they will be here when the page is.</p>
      <Button variant="outline" onClick={() => retry()}>
        Try again
      </Button>
    </MessagePage>
  )
}
