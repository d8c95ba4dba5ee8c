-- Drives CoLens from Neovim as its user would, and writes what is to be seen as JSON: nvim --headless --clean FILE.py
-- -c 'luafile neovim.lua'. $COLENS_SERVER is the command of the server, an argument a line; $COLENS_ANSWERS the file.
local answers = {}
local done = false

local function finish()
  local file = assert(io.open(os.getenv('COLENS_ANSWERS'), 'w'))
  file:write(vim.fn.json_encode(answers))
  file:close()
  vim.cmd('qall!')
end

local messages = {}
local config = {
  name = 'colens',
  cmd = vim.split(os.getenv('COLENS_SERVER'), '\n'),
  root_dir = vim.fn.getcwd(),
  init_options = { settings = { target = '3.13' } },
  handlers = {
    ['window/showMessage'] = function(_, result)
      table.insert(messages, result.message)
      return vim.NIL
    end,
  },
}

local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start and vim.lsp.start(config) or vim.lsp.start_client(config)
local client
vim.wait(90000, function()
  client = vim.lsp.get_client_by_id(id)
  return client ~= nil and client.initialized == true
end, 50)
if not vim.lsp.buf_is_attached(buffer, id) then vim.lsp.buf_attach_client(buffer, id) end

local function ask(method, params)
  local answer = vim.lsp.buf_request_sync(buffer, method, params, 30000)
  for _, each in pairs(answer or {}) do
    if each.result then return each.result end
  end
end

local document = { uri = vim.uri_from_bufnr(buffer) }
local function at(line, character)
  return { textDocument = document, position = { line = line, character = character } }
end

answers.server = client.server_info and client.server_info.name
answers.hover = ask('textDocument/hover', at(4, 5)).contents.value
answers.signature = ask('textDocument/signatureHelp', at(6, 8)).signatures[1].label
local lenses = ask('textDocument/codeLens', { textDocument = document })
answers.lens = lenses[1].command.title
ask('workspace/executeCommand', lenses[1].command)
vim.wait(3000, function()
  return #messages > 0 or vim.api.nvim_buf_get_name(0) ~= vim.uri_to_fname(document.uri)
end, 50)
-- A version that opens documents for servers shows the listing in a buffer, an older one as a message.
local shown = vim.api.nvim_get_current_buf()
answers.listing = shown ~= buffer and table.concat(vim.api.nvim_buf_get_lines(shown, 0, -1, false), '\n') or messages[1]
answers.codeObject = ask('colens/codeObject', { textDocument = document, qualname = 'numbers' }).code
answers.version = vim.version().major .. '.' .. vim.version().minor
finish()
