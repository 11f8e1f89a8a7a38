import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { enterBase } from './base.ts'
import { reloadWhenStale } from './frame/reload-when-stale.ts'
import { startServiceWorker } from './offline/service-worker.ts'

const root = document.getElementById('app')
if (root === null) throw new Error('The page has no place for the app.')
enterBase()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
reloadWhenStale()
startServiceWorker()
