'use client'

import type { ChatVideo } from '#lib/contract/chat-view'
import { peekView } from '#lib/delivery/file-store'
import { useDeliveryNews } from '../../hooks/use-delivery-news.ts'

/** Tells the news of this chat's videos, as every room does. */
export function ConversationNews({ videos }: { videos: readonly ChatVideo[] }) {
  useDeliveryNews(videos.flatMap(({ fileId }) => peekView(fileId) ?? []))
  return null
}
