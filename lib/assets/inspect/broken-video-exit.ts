/** How the inspecting process ends where the bytes it was given are no playable video. Any other end says nothing of them. */
export const brokenVideoExit = 65
