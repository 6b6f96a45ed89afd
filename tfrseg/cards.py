import numpy as np
from pathlib import Path
from PIL import Image
CARD_CLASSES = ("background", "card", "photo", "text", "stamp")
CARD_PALETTE = ((0,0,0),(60,120,200),(230,120,40),(240,220,80),(200,50,120))
def make_card(i,size=(360,480)):
    r=np.random.default_rng(i); H,W=size
    im=r.integers(0,256,(H//8+1,W//8+1,3),dtype=np.uint8); im=np.array(Image.fromarray(im).resize((W,H)))
    m=np.zeros((H,W,1),np.uint8)
    for c in range(1,5): y,x=r.integers(0,H//2),r.integers(0,W//2); m[y:y+H//3,x:x+W//3]=c
    for c in range(5): m[c*3:c*3+3,:3]=c
    return dict(image=im,mask=m,name=f"card-{i:04d}")
def make_folder(path,n=64,size=(360,480)):
    path=Path(path)
    for d in("img","seg"): (path/d).mkdir(parents=True,exist_ok=True)
    for i in range(n):
        c=make_card(i,size); Image.fromarray(c["image"]).save(path/"img"/f"{c['name']}.png")
        p=Image.fromarray(c["mask"][...,0]).convert("P"); p=Image.fromarray(c["mask"][...,0],mode="P"); p.putpalette(sum(CARD_PALETTE,())); p.save(path/"seg"/f"{c['name']}.png")
    return path
