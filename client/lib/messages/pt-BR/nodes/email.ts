import type { NodeWords } from '../../node-words.ts'

/** Mail by a server of one's own. */
export const emailNodes: Readonly<Record<string, NodeWords>> = {
  email_send: {
    title: 'Enviar um e-mail',
    summary: 'Envia uma mensagem por um servidor de e-mail, com arquivos se você quiser.',
    line: 'E-mail para {to}: {subject}',
    examples: ['Avisar um cliente'],
    fields: {
      from: { title: 'De', placeholder: 'Loja <loja@example.com>' },
      to: { title: 'Para', placeholder: 'ada@example.com' },
      cc: { title: 'Cópia' },
      bcc: { title: 'Cópia oculta' },
      replyTo: { title: 'As respostas vão para' },
      subject: { title: 'Assunto' },
      body: { title: 'Mensagem' },
      'body/text': { title: 'Texto' },
      'body/text/text': { title: 'Texto' },
      'body/html': { title: 'HTML' },
      'body/html/html': { title: 'HTML' },
      files: { title: 'Arquivos' },
    },
  },
}
