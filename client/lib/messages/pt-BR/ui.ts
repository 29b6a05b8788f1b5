import type { ui as en } from '../en/ui.ts'
import type { Translation } from '../translation.ts'

export const ui: Translation<typeof en> = {
  close: 'Fechar',
  cancel: 'Cancelar',
  copy: 'Copiar',
  copied: 'Copiado',
  copyFailed: 'O navegador não deixou copiar. Selecione o texto e copie à mão.',
  dismiss: 'Dispensar',
  loading: 'Carregando',
  notifications: 'Avisos',
  retry: 'Tentar de novo',
  requestId: 'Requisição',
  required: 'Isto é necessário.',
  search: 'Buscar',
  clear: 'Limpar',
  status: {
    queued: 'Na fila',
    running: 'Em andamento',
    waiting: 'Esperando',
    attention: 'Precisa de atenção',
    retrying: 'Tentando de novo',
    succeeded: 'Concluída',
    responded: 'Respondida',
    failed: 'Falhou',
    cancelled: 'Cancelada',
    skipped: 'Pulada',
  },
}
