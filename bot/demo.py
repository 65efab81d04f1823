async def fill(app):
    return None
