import type { effects as en } from '../en/effects.ts'
import type { Translation } from '../translation.ts'

export const effects: Translation<typeof en> = {
  title: 'Efeitos lá fora',
  unknown: '{count, plural, one {# sem desfecho conhecido} other {# sem desfecho conhecido}}',
  help: 'O que esta execução mudou lá fora, ou pode ter mudado. Cada um leva a sua chave em todas as tentativas.',
  more: '{count, plural, one {E mais #} other {E mais #}}',
  attempts: '{count, plural, one {# tentativa} other {# tentativas}}',
  key: 'Copiar a chave',
  keyElsewhere: 'A chave é a da execução em que foi feito.',
  failed: 'Não foi possível ler o que esta execução fez lá fora.',
  outcome: {
    running: 'Em andamento',
    waiting: 'Esperando',
    done: 'Feito',
    failed: 'Não aconteceu',
    unknown: 'Ninguém sabe se aconteceu',
    undone: 'Desfeito',
    undo_failed: 'Feito, e não pôde ser desfeito',
    reused: 'Feito na execução de onde veio',
  },
}
