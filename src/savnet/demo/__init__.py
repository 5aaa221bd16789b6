"""The demo: invented centres, residents and cases, and a post room that receives what is sent to them."""
