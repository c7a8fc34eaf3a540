'use client'

import { Button } from '#components/ui/button'
import { MessagePage } from './message-page.tsx'

/** The page failed to render. Unfinished videos are not affected. */
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
