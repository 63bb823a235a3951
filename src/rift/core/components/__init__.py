"""Components: what buttons, menus and layouts of messages and modals have to be like."""
