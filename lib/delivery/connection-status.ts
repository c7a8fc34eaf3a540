/** How this browser's one event stream stands. `disconnected` also where there is nothing to follow. */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected'
