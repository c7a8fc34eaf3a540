'use client'

import { Button } from '#components/ui/button'
import { MessagePage } from './message-page.tsx'

/** The page failed to render. Unfinished videos are not affected. */
export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage code="500" title="Something went wrong on this page">
      <p>Videos you started are not affected, and what you typed is kept.</p>
      <div className="flex flex-wrap gap-3">
        <Button variant="outline" onClick={() => retry()}>
          Try again
        </Button>
        <Button variant="quiet" onClick={() => location.reload()}>
          Reload
        </Button>
      </div>
    </MessagePage>
  )
}
