import type { NodeWords } from '../../node-words.ts'

const connectionChannel = {
  title: 'Canal',
  help: 'O id dele, como a postagem devolveu; aqui o nome não basta.',
  placeholder: 'C024BE91L',
}
const ts = {
  title: 'Mensagem',
  help: 'A hora que a identifica: o ts da mensagem enviada ou recebida.',
  placeholder: '1718000000.000100',
}
const text = {
  title: 'Texto',
  help: 'No jeito de escrever do Slack: *negrito*, _itálico_, <https://example.com|um link>.',
  placeholder: 'Chegou um pedido novo',
}
const blocks = {
  title: 'Blocos',
  help: 'Um layout do Block Kit no lugar do texto simples; o texto é então o que as notificações mostram.',
}

export const slackNodes: Readonly<Record<string, NodeWords>> = {
  slack_post: {
    title: 'Postar no Slack',
    summary: 'Envia uma mensagem a um canal ou a uma pessoa.',
    line: 'Postar em {channel}',
    examples: ['Avisar um canal', 'Um canal sem o app'],
    fields: {
      channel: {
        title: 'Canal',
        help: 'O id dele, ou o nome com #. O id de uma pessoa envia uma mensagem direta a ela.',
        placeholder: '#pedidos',
      },
      text,
      thread: {
        title: 'Na conversa de',
        help: 'A hora que identifica a mensagem a responder; vazio para uma mensagem própria.',
        placeholder: '1718000000.000100',
      },
      blocks,
    },
  },
  slack_update: {
    title: 'Mudar mensagem no Slack',
    summary: 'Troca o texto de uma mensagem que o app postou.',
    line: 'Mudar uma mensagem em {channel}',
    examples: ['Dizer que está feito'],
    fields: { channel: connectionChannel, ts, text, blocks },
  },
  slack_react: {
    title: 'Reagir no Slack',
    summary: 'Põe um emoji numa mensagem.',
    line: 'Reagir com {emoji}',
    examples: ['Dar baixa numa mensagem', 'Pela segunda vez'],
    fields: {
      channel: connectionChannel,
      ts,
      emoji: { title: 'Emoji', help: 'O nome dele no Slack.', placeholder: 'white_check_mark' },
    },
  },
  slack_event: {
    title: 'Evento do Slack',
    summary: 'Começa quando algo acontece no Slack, como uma mensagem ou uma menção ao app.',
    line: 'Em {events} no Slack',
    examples: ['Uma menção ao app'],
    fields: {
      events: {
        title: 'Eventos',
        help: 'Assine os mesmos na página “Event Subscriptions” do seu app.',
        options: {
          message: 'Mensagem',
          app_mention: 'Menção ao app',
          reaction_added: 'Reação',
          member_joined_channel: 'Alguém entrou num canal',
          app_home_opened: 'A página do app foi aberta',
        },
      },
      channel: {
        title: 'Só no canal',
        help: 'O id dele; vazio para todos os canais em que o app está.',
        placeholder: 'C024BE91L',
      },
      bots: {
        title: 'De outros bots também',
        help: 'Mensagens do próprio app nunca iniciam o fluxo.',
      },
    },
  },
}
