'use client'

import type { ChatVideo } from '#lib/contract/chat-view'
import { peekView } from '#lib/delivery/file-store'
import { useDeliveryNews } from '../../hooks/use-delivery-news.ts'

interface ConversationNewsProps {
  videos: readonly ChatVideo[]
  onShow: (fileId: string) => void
}

/** Tells the news of this chat's videos, as every room does. */
export function ConversationNews({ videos, onShow }: ConversationNewsProps) {
  useDeliveryNews(
    videos.flatMap(({ fileId }) => peekView(fileId) ?? []),
    onShow,
  )
  return null
}
