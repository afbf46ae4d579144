"""The demo: all of giftbot on one machine, with X's side and a chat page beside it (`bot.demo.main.run_demo`)."""
