import type { NodeWords } from '../../node-words.ts'

const to = {
  title: 'Para',
  help: 'O número com o código do país, ou a conversa que um gatilho deu.',
  placeholder: '+55 11 91234-5678',
}

const textAndMedia = {
  'message/text': { title: 'Texto' },
  'message/text/text': {
    title: 'Texto',
    help: 'No jeito de escrever do WhatsApp: *negrito*, _itálico_, ~riscado~.',
  },
  'message/text/preview': { title: 'Mostrar uma prévia do link' },
  'message/media': { title: 'Mídia' },
  'message/media/media': {
    title: 'Tipo',
    options: { image: 'Imagem', video: 'Vídeo', audio: 'Áudio', document: 'Documento' },
  },
  'message/media/source': { title: 'De onde' },
  'message/media/source/file': { title: 'Um arquivo da execução' },
  'message/media/source/file/file': { title: 'Arquivo' },
  'message/media/source/link': { title: 'Um endereço web' },
  'message/media/source/link/url': {
    title: 'Endereço',
    help: 'O WhatsApp busca de lá.',
    placeholder: 'https://exemplo.com/caneca.png',
  },
  'message/media/caption': { title: 'Legenda', help: 'Não aparece com áudio.' },
  'message/media/filename': {
    title: 'Nome do arquivo',
    help: 'De um documento, como aparece; o do próprio arquivo se vazio.',
    placeholder: 'fatura.pdf',
  },
}

export const whatsappNodes: Readonly<Record<string, NodeWords>> = {
  whatsapp_evolution_message: {
    title: 'Mensagem no WhatsApp (Evolution)',
    summary: 'Começa quando chega uma mensagem ao número de uma instância da Evolution API.',
    line: 'Em uma mensagem no WhatsApp',
    examples: ['Uma pergunta'],
    fields: {
      groups: {
        title: 'De grupos também',
        help: 'O que o próprio número envia nunca inicia o fluxo.',
      },
    },
  },
  whatsapp_evolution_send: {
    title: 'Enviar WhatsApp (Evolution)',
    summary: 'Envia um texto ou mídia a um número ou grupo, pela sua Evolution API.',
    line: 'WhatsApp para {to}',
    examples: ['Um texto', 'Uma imagem'],
    fields: { to, message: { title: 'Mensagem' }, ...textAndMedia },
  },
  whatsapp_cloud_message: {
    title: 'Mensagem no WhatsApp (Cloud API)',
    summary: 'Começa quando chega uma mensagem a um número da API oficial da Meta.',
    line: 'Em uma mensagem no WhatsApp',
    examples: ['Uma pergunta'],
    fields: {
      statuses: {
        title: 'Em situações também',
        help: 'Começa também quando uma mensagem sua foi entregue, lida, ou falhou.',
      },
    },
  },
  whatsapp_cloud_send: {
    title: 'Enviar WhatsApp (Cloud API)',
    summary: 'Envia um texto, mídia ou um modelo aprovado pela API oficial da Meta.',
    line: 'WhatsApp para {to}',
    examples: ['Um modelo', 'Um texto, tarde demais'],
    fields: {
      to,
      message: {
        title: 'Mensagem',
        help: 'Mais de um dia depois da última mensagem da pessoa, só um modelo é entregue.',
      },
      ...textAndMedia,
      'message/template': { title: 'Modelo' },
      'message/template/name': {
        title: 'Modelo',
        help: 'Aprovado pela Meta.',
        placeholder: 'pedido_enviado',
      },
      'message/template/language': { title: 'Idioma', placeholder: 'pt_BR' },
      'message/template/values': { title: 'Valores', help: 'Para {{1}}, {{2}}, … do texto, em ordem.' },
      'message/template/header': { title: 'Valor do cabeçalho', help: 'Para o {{1}} dele.' },
      answerTo: {
        title: 'Em resposta a',
        help: 'O id de uma mensagem da pessoa, que é citada.',
        placeholder: 'wamid.…',
      },
    },
  },
}
