import { notFound } from 'next/navigation'
import { chatIdPattern } from '#lib/contract/chat'
import { ChatScreen } from '../components/chat-screen.tsx'

interface PageProps {
  params: Promise<{ path?: string[] }>
}

/** `/chat` is a new chat, `/chat/<chatId>` one there is: one screen, so that going from one to the other keeps it. */
export default async function ChatPage({ params }: PageProps) {
  const { path = [] } = await params
  const [chatId] = path
  if (path.length > 1 || (chatId && !chatIdPattern.test(chatId))) notFound()
  return <ChatScreen />
}
