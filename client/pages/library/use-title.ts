import { useEffect } from 'react'

/** The window's title, once it is known. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} · Trama`
  }, [title])
}
